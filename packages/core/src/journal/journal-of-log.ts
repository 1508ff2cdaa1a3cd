import { type Journal, type RunEvent, SquallError } from '@squall/contract'
import { type LogDamage, readEventLog } from '@squall/event-log'
import { foldJournal } from './fold-journal.ts'

export interface LoggedRun {
  readonly journal: Journal
  /** Lines that cannot be trusted; what they said is not in the journal. */
  readonly damage: readonly LogDamage[]
}

/**
 * Makes the journal of a run from its event log, whether it ended or not. Rejects with `SQUALL_LOG_BROKEN` when the
 * folder cannot be read or holds no run.
 */
export async function journalOfLog(folder: string): Promise<LoggedRun> {
  const { records, damage } = await readEventLog<RunEvent>(folder, { damage: 'skip' })
  if (!records.some(({ type }) => type === 'run-started'))
    throw new SquallError('SQUALL_LOG_BROKEN', {
      path: folder,
      reason: 'it does not tell of the start of a run',
    })
  return { journal: foldJournal(records), damage }
}
