import type { Fault, FaultKind } from '@squall/contract'
import type { ChaosParameters } from '../parameters/chaos-parameters.ts'
import type { ChoiceOptions, FaultOffer } from './choice-options.ts'
import type { Category } from './dice.ts'
import type { RuleName } from './rule-names.ts'

/** All that the choice of an iteration depends on, besides the snapshot. */
export interface PlanRequest {
  readonly seed: number
  /** Counts from 1. */
  readonly iteration: number
  readonly parameters: ChaosParameters
  readonly options?: ChoiceOptions
  readonly offer?: FaultOffer
  /** Safety rules to leave out: for tests that show what each is good for. */
  readonly without?: ReadonlySet<RuleName>
}

/** The faults of one iteration, and how they came about. */
export interface IterationPlan {
  readonly seed: number
  readonly iteration: number
  readonly faults: readonly PlannedFault[]
  /** One for each roll of the category die. */
  readonly slots: readonly Slot[]
}

export interface PlannedFault {
  readonly fault: Fault
  /** Milliseconds the fault waits before it begins (3.2, step 6). */
  readonly delayMs: number
}

/** What became of one roll. */
export interface Slot {
  /** `driver`: the driver kinds' own die took this slot. */
  readonly category: Category | 'driver'
  readonly trials: readonly Trial[]
  readonly fault?: Fault
}

/** One try at a candidate. */
export interface Trial {
  readonly kind: FaultKind | (string & {})
  /** Why there was none. Absent when there was. */
  readonly reason?: string
}
