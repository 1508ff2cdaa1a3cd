import { isObject, type JsonObject } from '@squall/contract'
import { checkHypothesis } from './check-hypothesis.ts'
import { reasonOf } from './exception-lines.ts'
import { isInterruption } from './interruption.ts'
import { probesOf, type RunScope } from './run-scope.ts'
import type { Strategies } from './strategies.ts'

/** Whether the experiment asks for the steady state once more when all is put back. */
export function asksAfterRollbacks(runtime: unknown): boolean {
  const hypothesis = isObject(runtime) ? runtime['hypothesis'] : undefined
  return isObject(hypothesis) && (hypothesis as JsonObject)['after_rollbacks'] === true
}

/**
 * Checks the steady state after rollbacks and undoing. It has a verdict of its own: neither status nor `deviated` change,
 * but for an interruption or an error no provider foresaw. A run that was told to end a second time is not held up.
 */
export async function checkRestored({ hypothesis }: Strategies, scope: RunScope): Promise<void> {
  const { experiment, interruption } = scope
  const isAsked = asksAfterRollbacks(experiment.runtime) && hypothesis !== 'skip'
  const isHurried = interruption.skipsRollbacks || interruption.foreground.aborted
  if (!isAsked || isHurried || probesOf(experiment).length === 0) return
  interruption.renew('looking again')
  try {
    await checkHypothesis('after-rollbacks', 0, interruption.foreground, scope)
  } catch (error) {
    scope.state.set(isInterruption(error) ? 'interrupted' : 'aborted', reasonOf(error))
  }
}
