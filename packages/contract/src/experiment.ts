import type { JsonObject, JsonValue } from './json.ts'

/**
 * The experiment format of Chaos Toolkit, field by field as its files spell it. Unknown keys are accepted and kept
 * at every level.
 */
export interface ExperimentFields {
  /** Substituted at the start of a run. */
  title: string
  /** Never substituted. */
  description: string
  tags?: string[]
  /** Key to value, or to `{"type":"env","key":...,"default":...,"env_var_type":...}`. */
  configuration?: JsonObject
  /** Group name to an object of secrets, each a text or `{"type":"env","key":...}`. */
  secrets?: JsonObject
  'steady-state-hypothesis'?: HypothesisFields
  /** Played in order. May be empty. */
  method: MethodEntry[]
  /** Played after the method, by the rollback strategy. */
  rollbacks?: MethodEntry[]
  controls?: JsonValue[]
  extensions?: JsonObject[]
  contributions?: JsonObject
  runtime?: {
    rollbacks?: { strategy?: string }
    /** squall only: with `after_rollbacks` the hypothesis is checked once more when all is put back. */
    hypothesis?: { strategy?: string; after_rollbacks?: boolean }
  }
  [key: string]: unknown
}

export interface HypothesisFields {
  title: string
  /** Checked in order; the first one out of tolerance ends the check. */
  probes?: HypothesisEntry[]
  controls?: JsonValue[]
  [key: string]: unknown
}

export interface ActivityFields {
  type: 'probe' | 'action'
  /** Need not be unique: a `ref` then means the last one of that name. */
  name: string
  provider: ProviderFields
  /** Runs beside what follows; awaited at the end of the method. */
  background?: boolean
  /** Seconds, or `${name}` of a configuration value. */
  pauses?: { before?: number | string; after?: number | string }
  controls?: JsonValue[]
  /** squall only: the effect is left behind on purpose: its undo is not registered, and it is no residue. */
  keep?: boolean
  /** squall only: seconds, or `${name}`, after which the activity is ended and fails. Default: no limit. */
  max_duration?: number | string
  /** squall only: what the action did is undone this many seconds after it began, not only at the end of the run. */
  undo?: { after?: number | string }
  /** squall only: a probe is asked again until its tolerance holds or the time is up. */
  until?: UntilFields
  /** squall only: an activity that failed is tried again. */
  retry?: RetryFields
  /** squall only: the activity is played several times, each with an entry in the journal. */
  repeat?: RepeatFields
  /** squall only: whether a probe of the method or the rollbacks is held to its `tolerance`. Default false. */
  evaluate?: boolean
  /** squall only: what a failure, or an evaluated tolerance that is not met, does to the run. Default `continue`. */
  onFailure?: OnFailure
  /** squall only, in rollbacks: how the run has to have ended for this one to be played. Default: as the strategy says. */
  when?: RollbackMoment | RollbackMoment[]
  [key: string]: unknown
}

/** A probe is asked every `interval` seconds until its tolerance holds, for `timeout` seconds at most. */
export interface UntilFields {
  /** Default: the `tolerance` of the probe. */
  tolerance?: JsonValue
  /** Seconds from one asking to the next, or `${name}`. Default 1. */
  interval?: number | string
  /** Seconds, or `${name}`. */
  timeout: number | string
}

export interface RetryFields {
  /** How often it is tried at most, the first time included, or `${name}`. */
  attempts: number | string
  /** Seconds between two attempts, or `${name}`. Default 0. */
  interval?: number | string
}

export interface RepeatFields {
  /** How often it is played, or `${name}`. */
  count: number | string
  /** Seconds from one start to the next, or `${name}`. Default 0. */
  interval?: number | string
  /** What has to hold after each time for the next one to come. Default: nothing. */
  while?: 'succeeded' | 'failed' | { tolerance: JsonValue }
}

/** `stop` ends the method, `abort` the whole run: no check after it. */
export type OnFailure = 'continue' | 'stop' | 'abort'

/** How a run has ended when its rollbacks come. `completed` is one that did not deviate. */
export type RollbackMoment = 'always' | 'completed' | 'deviated' | 'failed' | 'interrupted' | 'aborted'

/** Stands for the activity of that name in the method or the hypothesis. */
export interface ActivityRef {
  ref: string
  background?: boolean
  tolerance?: JsonValue
  /** squall only: in place of what the activity says. */
  onFailure?: OnFailure
  /** squall only, in rollbacks. */
  when?: RollbackMoment | RollbackMoment[]
  [key: string]: unknown
}

export type MethodEntry = ActivityFields | ActivityRef
export type HypothesisEntry = (ActivityFields & { tolerance?: JsonValue }) | ActivityRef

/** What carries an activity out. The fields besides `type` belong to that provider type. */
export interface ProviderFields {
  type: string
  /** The activity of a driver, or the function of a module. */
  func?: string
  arguments?: JsonValue
  /** Names of the groups of `secrets` that the activity gets. */
  secrets?: string[]
  [key: string]: unknown
}

/** An experiment as it was read: any JSON value. */
export type RawExperiment = JsonValue

declare const validated: unique symbol

/** An experiment that passed validation, or was waved through on purpose. Only these can be run. */
export type Experiment = ExperimentFields & { readonly [validated]: true }

export function isRef(entry: MethodEntry | HypothesisEntry): entry is ActivityRef {
  return entry['ref'] !== undefined && entry['ref'] !== null
}
