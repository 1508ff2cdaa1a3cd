import type { JsonObject } from '@squall/contract'
import type { ToleranceResult } from '../tolerance/tolerance.ts'
import { type Answer, judgeLeniently } from './judge.ts'
import type { Place } from './place.ts'
import type { RunScope } from './run-scope.ts'

/** Whether an activity outside of the hypothesis is held to its tolerance: with `evaluate`, or by `until`. */
export function isHeldToTolerance(activity: JsonObject, { phase }: Place): boolean {
  if (phase !== 'method' && phase !== 'rollbacks') return false
  return (activity['evaluate'] === true && 'tolerance' in activity) || activity['until'] !== undefined
}

/**
 * Whether the tolerance of a probe of the method is looked at for the record alone, as a strict run does: the reference
 * passes over it (spec 11).
 */
export function isOnRecord(activity: JsonObject, { phase, tolerance }: Place, { strict }: RunScope): boolean {
  if (!strict || phase !== 'method' || activity['type'] !== 'probe') return false
  return tolerance !== undefined || 'tolerance' in activity
}

/** Holds an answer to the tolerance of its entry, which may be a ref, else to that of its activity. */
export function evaluate(
  answer: Answer,
  { signal, tolerance }: Place,
  scope: RunScope,
): Promise<ToleranceResult> {
  return judgeLeniently(answer, tolerance ?? answer.activity['tolerance'], signal, scope)
}
