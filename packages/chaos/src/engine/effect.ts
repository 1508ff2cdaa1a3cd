import type { ClusterSnapshot, Fault } from '@squall/contract'
import type { ChaosEvent } from '../events/chaos-event.ts'
import type { IterationPlan, PlanRequest } from '../plan/plan-request.ts'
import type { FaultResult, StoredState } from './engine-state.ts'

/** What the engine wants done, in order. */
export type Effect =
  /** To be on disk, as one, before anything behind it is done. */
  | { readonly type: 'store'; readonly events: readonly ChaosEvent[]; readonly state: StoredState }
  | { readonly type: 'check upgrade'; readonly question: number }
  | { readonly type: 'take snapshot'; readonly question: number }
  /** All at once; each waits its own time first. */
  | { readonly type: 'inject'; readonly faults: readonly Injection[] }
  /** Faults that still wait for their time must not begin any more. */
  | { readonly type: 'hold back faults' }
  /** How an iteration was planned, for replay and explanation. */
  | {
      readonly type: 'planned'
      readonly snapshot: ClusterSnapshot
      readonly request: PlanRequest
      readonly plan: IterationPlan
    }
  /** How the faults of an iteration ended. */
  | {
      readonly type: 'iteration ended'
      readonly seed: number
      readonly iteration: number
      readonly results: readonly IterationResult[]
    }
  /** The engine must be told the time then, if nothing else happens before. Absent: it waits for something else. */
  | { readonly type: 'wait until'; readonly at: number }
  /** The request that was the input is refused, and changed nothing. */
  | { readonly type: 'refuse'; readonly refusal: Refusal }

export type Refusal =
  | { readonly code: 'SQUALL_CHAOS_RUNNING' }
  | { readonly code: 'SQUALL_CHAOS_PARAMETER'; readonly at: string; readonly reason: string }

export interface Injection {
  readonly number: number
  readonly seed: number
  readonly iteration: number
  readonly fault: Fault
  readonly delayMs: number
}

export interface IterationResult {
  readonly fault: Fault
  readonly result: FaultResult
}
