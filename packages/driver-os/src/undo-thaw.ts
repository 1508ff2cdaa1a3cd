import { ActivityFailed, defineUndo } from '@squall/contract'
import { z } from 'zod'
import type { OsSystem } from './os-system.ts'
import { isSameProcess } from './process-table.ts'

/** Takes `freeze` back: the very process, by pid and start time. */
export function undoThaw({ processes }: OsSystem) {
  return defineUndo({
    summary: 'Lets a process go on that was frozen.',
    args: z.strictObject({ pid: z.int().min(1), startedAt: z.string() }),
    run: async (identity) => {
      const facts = processes.find(identity.pid)
      if (facts === null || !isSameProcess(facts, identity)) return 'not needed'
      // Sent to one that is not frozen as well: the SIGSTOP of a runner that died just now may still be on its way, and
      // SIGCONT takes it back.
      const delivery = processes.signal(identity, 'SIGCONT')
      if (delivery === 'not permitted')
        throw new ActivityFailed(`This user may not let pid ${identity.pid} go on.`, {
          hint: `Run \`kill -CONT ${identity.pid}\` as its owner or as root.`,
        })
      return facts.isStopped && delivery === 'sent' ? 'undone' : 'not needed'
    },
  })
}
