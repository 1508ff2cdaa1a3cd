import { defineUndo } from '@squall/contract'
import { z } from 'zod'
import type { OsSystem } from './os-system.ts'
import { isSameProcess } from './process-table.ts'

/** Takes `limit_open_files` back, unless somebody has set a higher limit since. */
export function undoRestoreOpenFiles({ processes }: OsSystem) {
  return defineUndo({
    summary: 'Puts the soft limit of open files of a process back.',
    args: z.strictObject({
      pid: z.int().min(1),
      startedAt: z.string(),
      limit: z.int().min(0),
      before: z.union([z.int().min(0), z.literal('unlimited')]),
    }),
    run: async ({ limit, before, ...identity }) => {
      const facts = processes.find(identity.pid)
      if (facts === null || !isSameProcess(facts, identity)) return 'not needed'
      // A lower one is that of another run, whose undo finds it gone: so two are undone in any order.
      const now = processes.usage(identity.pid)?.softOpenFiles ?? 'unlimited'
      if (now === 'unlimited' || now > limit) return 'not needed'
      return (await processes.limitOpenFiles(identity, before)) === 'set' ? 'undone' : 'not needed'
    },
  })
}
