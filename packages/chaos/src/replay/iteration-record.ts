import type { ClusterSnapshot } from '@squall/contract'
import type { IterationResult } from '../engine/effect.ts'
import type { IterationPlan, PlanRequest } from '../plan/plan-request.ts'

/** An iteration as it was: what it was chosen from, what was chosen, and how that ended. JSON-safe. */
export interface IterationRecord {
  readonly request: Omit<PlanRequest, 'without'>
  readonly snapshot: ClusterSnapshot
  readonly plan: IterationPlan
  /** Absent when the run ended first. */
  readonly results?: readonly IterationResult[]
}
