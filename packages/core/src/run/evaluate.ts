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

/** Holds an answer to the tolerance of its activity. */
export function evaluate(answer: Answer, { signal }: Place, scope: RunScope): Promise<ToleranceResult> {
  return judgeLeniently(answer, answer.activity['tolerance'], signal, scope)
}
