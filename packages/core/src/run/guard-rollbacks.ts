import { SquallError } from '@squall/contract'
import type { EventStream } from './event-stream.ts'
import { reasonOf } from './exception-lines.ts'
import type { RunLog } from './run-log.ts'

/** Why rollbacks have to be played although the runner is gone. */
export interface RollbackWish {
  readonly strategy: string
  /** Asked for by the user, whatever the strategy. */
  readonly onCrash: boolean
}

/**
 * Sees to it that somebody plays the rollbacks should this process disappear. Where that cannot be, a run that was asked
 * for it rejects with `SQUALL_LOG_BROKEN`; one whose strategy is `always` goes on and says so.
 */
export async function guardRollbacks(
  { strategy, onCrash }: RollbackWish,
  log: RunLog,
  events: EventStream,
): Promise<void> {
  if (strategy !== 'always' && !onCrash) return
  try {
    await log.guard()
  } catch (cause) {
    const reason = reasonOf(cause)
    if (onCrash) throw new SquallError('SQUALL_LOG_BROKEN', { path: log.folder, reason }, { cause })
    const message = `Nobody will play the rollbacks should this process disappear: ${reason}.`
    events.emit({ type: 'log', level: 'warning', message })
  }
}
