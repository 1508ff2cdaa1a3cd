import type { ClusterSnapshot, Fault } from '@squall/contract'
import type { PlanRequest } from '../plan/plan-request.ts'
import { factsOf } from './iteration-facts.ts'
import { iterationRules } from './iteration-rules.ts'

/** One way in which an iteration breaks a rule. */
export interface Violation {
  readonly rule: string
  readonly reason: string
}

/**
 * Checks the faults of an iteration against the rules of 5.4, from the snapshot and the faults alone. What the planner
 * chooses breaks none; the engine asks once more before it lets them happen.
 */
export function checkIteration(
  snapshot: ClusterSnapshot,
  faults: readonly Fault[],
  request: PlanRequest,
): readonly Violation[] {
  if (faults.length === 0) return []
  const facts = factsOf(snapshot, faults, request)
  return iterationRules.flatMap(({ name, violations }) =>
    violations(facts).map((reason) => ({ rule: name, reason })),
  )
}
