import { defineUndo } from '@squall/contract'
import { z } from 'zod'
import type { OsSystem } from './os-system.ts'

/** Takes `freeze_group` back: that very group, by its inode. */
export function undoThawGroup({ groups }: OsSystem) {
  return defineUndo({
    summary: 'Lets the processes of a control group go on.',
    args: z.strictObject({ folder: z.string().min(1), inode: z.int() }),
    run: async ({ folder, inode }) => {
      const group = groups.again(folder, inode)
      if (!group?.isFrozen) return 'not needed'
      groups.thaw(group)
      return 'undone'
    },
  })
}
