import type { JsonObject, JsonValue } from './json.ts'

/**
 * The journal of a run, in the layout of Chaos Toolkit (keys, spelling and order). Keys that Chaos Toolkit does not
 * have are marked "squall".
 */
export interface Journal {
  /** The version of the reference whose format this journal follows. */
  'chaoslib-version': string
  /** squall: the version that ran the experiment. */
  'squall-version': string
  platform: string
  node: string
  experiment: JsonObject
  /** ISO 8601 in UTC with microseconds. */
  start: string
  status: RunStatus
  /** True when the steady state was met before the method and not after it. */
  deviated: boolean
  steady_states: {
    before: HypothesisState | null
    after: HypothesisState | null
    during: HypothesisState[]
    /** squall: the check after rollbacks and undoing, where `runtime.hypothesis.after_rollbacks` asks for it. */
    after_rollbacks?: HypothesisState
  }
  run: ActivityRun[]
  rollbacks: ActivityRun[]
  end: string
  /** Seconds. */
  duration: number
  /** squall: why the run did not play everything. Absent when it did. */
  reason?: string
  /** squall: what became of each registered undo, in the order they were carried out. Absent when there was none. */
  undo?: UndoOutcome[]
  /** squall: what drivers found after the run that was not there before it. Absent when there was nothing. */
  residue?: Residue[]
  /** squall: whether the rollbacks were played, and why. Absent where the experiment has none, or the run ended before. */
  rollback_decision?: RollbackDecision
  /**
   * squall: whether the steady state holds after rollbacks and undoing; null when that check was cut short. Absent where
   * nobody asked.
   */
  restored?: boolean | null
  /** squall: controls that failed, each reason once. Absent when none did. */
  'control-failures'?: ControlFailure[]
}

export interface RollbackDecision {
  play: boolean
  strategy: string
  reason: string
  /** Which of them were left out, each for its own `when`. Absent when none was. */
  skipped?: { activity: string; reason: string }[]
}

export interface ControlFailure {
  control: string
  hook: string
  reason: string
  times: number
}

export interface Residue {
  /** Package name of the driver. */
  driver: string
  found: string
}

export type RunStatus = 'completed' | 'failed' | 'aborted' | 'interrupted'

export interface HypothesisState {
  steady_state_met: boolean | null
  probes: ActivityRun[]
}

export interface ActivityRun {
  activity: JsonObject
  output: JsonValue
  start: string
  /** Absent when the activity was cut short by an interruption or an error no provider foresaw. */
  status?: 'succeeded' | 'failed'
  /** Text chunks, the last one naming the error; each ends in a newline. */
  exception?: string[]
  /** Absent when the run ended first. */
  end?: string
  /** Seconds, without pauses. */
  duration?: number
  /** Present on the probes of a hypothesis, and on others that are held to their tolerance. */
  tolerance_met?: boolean
  /** squall: how often the probe was asked, and how long it took until its tolerance held: the recovery time. */
  until?: Tries
  /** squall: how often it was tried. */
  retry?: Tries
  /** squall: which time it is of how many. */
  repeat?: { iteration: number; count: number }
}

export interface Tries {
  attempts: number
  /** Seconds from the beginning of the first attempt to the end of the last. */
  waited: number
}

export interface UndoOutcome {
  /** Package name of the driver. */
  driver: string
  func: string
  arguments: JsonValue
  /** Name of the activity that registered it. */
  activity: string
  status: 'undone' | 'not needed' | 'failed'
  reason?: string
}
