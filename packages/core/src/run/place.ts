import type { JsonObject, JsonValue, Phase } from '@squall/contract'

/** Where an activity stands in the run. */
export interface Place {
  readonly phase: Phase
  /** Which check of the continuous hypothesis; 0 elsewhere. */
  readonly check: number
  readonly background: boolean
  readonly signal: AbortSignal
}

export interface ActivityOutcome {
  readonly id: number
  readonly activity: JsonObject
  readonly status: 'succeeded' | 'failed'
  readonly output: JsonValue
}
