import { type RunEvent, SquallError } from '@squall/contract'
import { type EventLogVerification, readEventLog, verifyEventLog } from '@squall/event-log'

/** What came of checking the log of a run. */
export interface RunLogVerification extends EventLogVerification {
  /** True when every line is intact, the chain hash holds, and no event is missing between the first and the last one. */
  readonly intact: boolean
  /** The number of the first event that is missing, at the beginning or in between. */
  readonly missing?: number
  /** Whether the last event says that the run ended. */
  readonly ended: boolean
}

/**
 * Checks the log of a run: every checksum, the whole hash chain, and that its events are numbered without a gap. Rejects
 * with `SQUALL_LOG_BROKEN` when the folder cannot be read or holds no log.
 */
export async function verifyRunLog(folder: string): Promise<RunLogVerification> {
  const verification = await verifyEventLog(folder)
  if (verification.chain === undefined)
    throw new SquallError('SQUALL_LOG_BROKEN', { path: folder, reason: 'it holds no event log' })
  const { records } = await readEventLog<RunEvent>(folder, { damage: 'skip' })
  const gap = records.findIndex(({ seq }, at) => seq !== at + 1)
  return {
    ...verification,
    intact: verification.intact && gap === -1,
    ended: records.at(-1)?.type === 'run-completed',
    ...(gap === -1 ? {} : { missing: gap + 1 }),
  }
}
