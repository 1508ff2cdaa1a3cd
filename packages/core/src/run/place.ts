import type { JsonObject, JsonValue, Phase } from '@squall/contract'
import type { ToleranceResult } from '../tolerance/tolerance.ts'

/** Where an activity stands in the run. */
export interface Place {
  readonly phase: Phase
  /** Which check of the continuous hypothesis; 0 elsewhere. */
  readonly check: number
  readonly background: boolean
  readonly signal: AbortSignal
  /** The tolerance of its entry, which may be a ref. */
  readonly tolerance?: JsonValue
  /** Which time it is of how many. */
  readonly repeat?: { readonly iteration: number; readonly count: number }
}

export interface ActivityOutcome {
  readonly id: number
  readonly activity: JsonObject
  readonly status: 'succeeded' | 'failed'
  readonly output: JsonValue
  /** Whether it is within its tolerance, where it is held to one by itself. */
  readonly judged?: ToleranceResult
}
