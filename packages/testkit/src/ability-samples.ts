import type { JsonObject, JsonValue } from '@squall/contract'
import type { ProbeFinding } from './abilities/deed.ts'

/** How something that a driver offers besides activities is tried. */
interface AbilitySample<Place> {
  /** Tells several samples of one thing apart in the names of the laws. Default: none. */
  readonly title?: string
  /** Sets up a place in which it is over soon. Called anew each time a law needs one. */
  readonly prepare: () => Promise<Place> | Place
  /**
   * Sets up a place in which it takes a second or longer, so that it can be caught in the middle. `false` says that it
   * is always over within 100 ms.
   */
  readonly long: false | (() => Promise<Place> | Place)
}

/** A place that has been set up. */
export interface AbilityScene {
  /** What relative paths are relative to. Default: the working directory. */
  readonly directory?: string
  /** Texts that it may not tell anybody, by their names. A law plants one more. */
  readonly secrets?: JsonObject
  /** Of a `long` place: whether it is in the middle by now. Default: once a control waits for a probe of its own. */
  readonly underway?: () => Promise<boolean> | boolean
  /** Takes the place away, whatever has become of it. */
  readonly cleanUp?: () => Promise<void> | void
}

/** Something that must be refused, and a text that the refusal must have in it. */
export interface SaidRefusal {
  readonly input: JsonObject
  readonly saying: string
}

/** How one control is tried. */
export interface ControlSample extends AbilitySample<ControlScene> {
  /** Declarations that must be refused before the run. `false` says that it takes no arguments. */
  readonly refuses: false | readonly SaidRefusal[]
}

export interface ControlScene extends AbilityScene {
  /** The arguments of a named control; of a provider type every field but `type`. */
  readonly input: JsonObject
  /** What its hooks are shown. Default: one probe in the hypothesis, an action and a probe, one rollback. */
  readonly experiment?: JsonObject
  /** Default: none. */
  readonly configuration?: JsonObject
  /** What probes of its own find; `never` does not answer. Default: they are met. */
  readonly probe?: ProbeFinding
}

/** How one source of secrets is tried. */
export interface ResolverSample extends AbilitySample<ResolverScene> {
  /** What cannot be read from the place that `prepare` sets up, at least one. */
  readonly refuses: readonly (SaidRefusal & { readonly configuration?: JsonObject })[]
}

export interface ResolverScene extends AbilityScene {
  /** Every field of the declaration but `type`. */
  readonly input: JsonObject
  /** What is read with it. */
  readonly answer: JsonValue
  /** As resolved so far. Default: none. */
  readonly configuration?: JsonObject
  /** Environment variables. Default: none. */
  readonly environment?: Readonly<Record<string, string>>
}

/** How one receiver of notifications is tried. */
export interface NotifierSample extends AbilitySample<NotifierScene> {
  /** Channels that cannot be served in the place that `prepare` sets up, at least one. */
  readonly refuses: readonly SaidRefusal[]
}

export interface NotifierScene extends AbilityScene {
  /** Every field of the channel but `type`. */
  readonly input: JsonObject
  /** How many events have arrived, seen without the driver. */
  readonly arrived: () => Promise<number> | number
}

/** How a discoverer is tried. */
export type DiscovererSample = AbilitySample<DiscovererScene>

export interface DiscovererScene extends AbilityScene {
  /** A package that is installed there. */
  readonly target: string
}

/** How a reader of experiment files is tried. */
export interface LoaderSample {
  /** Writes a file. `experiment` is what is read from it. */
  readonly prepare: () => Promise<LoaderScene> | LoaderScene
  /** Absolute paths of files that cannot be read, at least one, each with a text that the error must have in it. */
  readonly refuses: readonly { readonly file: string; readonly saying: string }[]
}

export interface LoaderScene {
  /** Its absolute path. */
  readonly file: string
  readonly experiment: JsonValue
  readonly cleanUp?: () => Promise<void> | void
}
