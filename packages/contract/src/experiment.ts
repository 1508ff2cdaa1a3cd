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
  runtime?: { rollbacks?: { strategy?: string }; hypothesis?: { strategy?: string } }
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
  [key: string]: unknown
}

/** Stands for the activity of that name in the method or the hypothesis. */
export interface ActivityRef {
  ref: string
  background?: boolean
  tolerance?: JsonValue
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
