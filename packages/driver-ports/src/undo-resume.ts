import { ActivityFailed, defineUndo, type ProcessIdentity } from '@squall/contract'
import { z } from 'zod'
import { isSameProcess, type ProcessTable } from './process-table.ts'

/** Takes `pause` back, in whatever process: it knows the frozen ones by pid and start time. */
export function undoResume(processes: ProcessTable) {
  return defineUndo({
    summary: 'Lets processes go on that were paused.',
    args: z.strictObject({
      processes: z.array(z.strictObject({ pid: z.int().min(1), startedAt: z.string() })),
    }),
    run: async ({ processes: paused }, { log }) => {
      const outcomes = await Promise.all(paused.map((identity) => letGoOn(identity, processes)))
      const pidsWith = (wanted: Outcome): string =>
        paused.flatMap(({ pid }, index) => (outcomes[index] === wanted ? [`pid ${pid}`] : [])).join(', ')
      if (outcomes.includes('resumed')) log.info(`Resumed ${pidsWith('resumed')}.`)
      if (outcomes.includes('not permitted')) {
        throw new ActivityFailed(`This user may not resume what is paused: ${pidsWith('not permitted')}.`, {
          hint: 'Run `kill -CONT PID` as the owner of the process or as root.',
        })
      }
      return outcomes.includes('resumed') ? 'undone' : 'not needed'
    },
  })
}

type Outcome = 'resumed' | 'not paused' | 'gone' | 'not permitted'

async function letGoOn(identity: ProcessIdentity, processes: ProcessTable): Promise<Outcome> {
  const facts = await processes.find(identity.pid)
  if (facts === null || !isSameProcess(facts, identity)) return 'gone'
  // Sent to one that is not frozen as well: the SIGSTOP of a runner that died just now may still be on its way, and
  // SIGCONT takes it back.
  const delivery = await processes.signal(identity, 'SIGCONT')
  if (delivery !== 'sent') return delivery
  return facts.isStopped === false ? 'not paused' : 'resumed'
}
