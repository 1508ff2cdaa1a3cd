import { isObject, type JsonValue } from '@squall/contract'
import { judge } from './check-hypothesis.ts'
import { reasonOf } from './exception-lines.ts'
import type { ActivityOutcome } from './place.ts'
import type { RunScope } from './run-scope.ts'

/**
 * Checks the tolerance of a probe of the method, which a run does only when it is strict: the reference passes over it
 * (spec 11). A tolerance that cannot be checked is not met.
 */
export async function judgeStrictly(
  outcome: ActivityOutcome,
  entry: JsonValue,
  signal: AbortSignal,
  scope: RunScope,
): Promise<void> {
  const { activity, id, status } = outcome
  if (!scope.strict || activity['type'] !== 'probe' || status === 'failed') return
  const own = isObject(entry) ? (entry['tolerance'] as JsonValue | undefined) : undefined
  const tolerance = own ?? activity['tolerance']
  if (tolerance === undefined) return
  const result = await judge(outcome, tolerance, signal, scope).catch((error: unknown) => ({
    met: false,
    expected: 'a tolerance that fits the answer',
    actual: reasonOf(error),
  }))
  scope.events.emit({ type: 'tolerance-checked', id, ...result })
}
