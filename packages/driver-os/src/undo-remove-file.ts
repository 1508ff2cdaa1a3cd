import { defineUndo } from '@squall/contract'
import { z } from 'zod'
import type { OsSystem } from './os-system.ts'

/** Removes a file whose name was made up for it, so that it can be nobody else's. */
export function undoRemoveFile(system: OsSystem) {
  return defineUndo({
    summary: 'Removes the file that filled the disk.',
    args: z.strictObject({ file: z.string().min(1) }),
    run: async ({ file }, { log }) => {
      if (!(await system.files.remove(file))) return 'not needed'
      log.info(`Removed ${file}.`)
      return 'undone'
    },
  })
}
