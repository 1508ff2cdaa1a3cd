import type { ClusterSnapshot, Fault, FaultOutcome } from '@squall/contract'
import type { ChaosParameters } from '../parameters/chaos-parameters.ts'
import type { ChoiceOptions, FaultOffer } from '../plan/choice-options.ts'
import type { ChaosSchedule, ScheduleStatus } from '../schedule/chaos-schedule.ts'
import type { EngineSettings } from './engine-settings.ts'

/** All that continuous chaos knows. Never changed in place. */
export interface EngineState {
  readonly settings: EngineSettings
  /** What the cluster can carry out. */
  readonly offer: FaultOffer
  readonly stored: StoredState
  readonly run: Run | undefined
  /** Numbers of faults that have not ended; a run that was stopped may have left some. */
  readonly inFlight: readonly number[]
  /** The number of the last question or fault. */
  readonly lastNumber: number
}

/** What survives a restart of the service (3.8). JSON-safe. */
export interface StoredState {
  readonly format: 1
  readonly schedule: ChaosSchedule
  readonly version: number
  readonly scheduleStatus: ScheduleStatus
  /** What the present schedule chooses outside the wire format. */
  readonly options: ChoiceOptions
  /** The seed the next run was given; absent when it is derived. */
  readonly nextSeed?: number
  /** From which the seeds of runs are derived that were given none. */
  readonly baseSeed: number
  /** Runs begun so far. */
  readonly runs: number
  readonly run?: StoredRun
  /** The parameters of the run, or of the latest one. Beside it, so that they are not written with every iteration. */
  readonly latest?: ChaosParameters
  /** Milliseconds since 1970. */
  readonly nextIterationAt?: number
  /** The key of the last event. */
  readonly lastTicks: string
}

export interface StoredRun {
  readonly seed: number
  /** Milliseconds since 1970. */
  readonly startedAt: number
  readonly endsAt: number
  /** The last iteration that chose faults; they count from 1. */
  readonly iteration: number
}

/** The run in progress, with its parameters. */
export interface ActiveRun extends StoredRun {
  readonly parameters: ChaosParameters
}

/** A run in progress: what of it is stored, and where it stands. */
export interface Run {
  /** Milliseconds of the next wait. */
  readonly waitMs: number
  readonly phase: Phase
}

export type Phase =
  /** Faults of an earlier run are still under way. */
  | { readonly name: 'draining' }
  /** Waiting; the next iteration begins at `until`. */
  | { readonly name: 'waiting'; readonly until: number }
  | { readonly name: 'checking upgrade'; readonly question: number }
  | {
      readonly name: 'validating'
      readonly deadline: number
      /** Absent between two looks. */
      readonly question?: number
      readonly lookAt: number
      /** What the last look found. */
      readonly reasons: readonly string[]
    }
  | {
      readonly name: 'taking snapshot'
      /** Tries made, the present one included. */
      readonly tries: number
      readonly question?: number
      readonly tryAt: number
      readonly reason: string
    }
  | Executing

export interface Executing {
  readonly name: 'executing'
  readonly snapshot: ClusterSnapshot
  readonly faults: readonly RunningFault[]
  /** Faults chosen after the cluster refused one. */
  readonly replacements: number
}

export interface RunningFault {
  readonly number: number
  readonly fault: Fault
  readonly result?: FaultResult
}

/** How a fault ended; `failed`: the driver threw, which is a bug. */
export type FaultResult = FaultOutcome | { readonly outcome: 'failed'; readonly reason: string }
