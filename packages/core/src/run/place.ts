import type { JsonValue, Phase } from '@squall/contract'

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
