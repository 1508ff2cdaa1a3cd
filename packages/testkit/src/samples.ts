import type { JsonObject, JsonValue } from '@squall/contract'
import type {
  ControlSample,
  DiscovererSample,
  LoaderSample,
  NotifierSample,
  ResolverSample,
} from './ability-samples.ts'
import type { ClusterScene } from './cluster/cluster-laws.ts'
import type { UndoRecord } from './undo-recorder.ts'

/** What the author of a driver gives so that its laws can be tried on real targets. */
export interface DriverSamples {
  /** Path or file URL of the built driver: other processes import it. Its default export is the driver. */
  readonly driverFile: string | URL
  /** One sample or several for each activity, by its name. */
  readonly activities?: Samples<Sample>
  /** One sample or several for each provider type with fields of its own. */
  readonly providers?: Samples<ProviderSample>
  /** One sample or several for each named control. */
  readonly controls?: Samples<ControlSample>
  /** One sample or several for each provider type that has controls. */
  readonly providerControls?: Samples<ControlSample>
  /** One sample or several for each source of secrets. */
  readonly resolvers?: Samples<ResolverSample>
  /** One sample or several for each receiver of notifications. */
  readonly notifiers?: Samples<NotifierSample>
  /** One sample or several for the discoverer. */
  readonly discoverer?: DiscovererSample | readonly DiscovererSample[]
  /** One sample for each extension of experiment files. */
  readonly loaders?: Readonly<Record<string, LoaderSample>>
  /** What sets up each target of continuous chaos. */
  readonly clusters?: Readonly<Record<string, () => Promise<ClusterScene> | ClusterScene>>
}

/** By name. */
export type Samples<One> = Readonly<Record<string, One | readonly One[]>>

/** How one activity is tried. */
export interface Sample {
  /** Tells several samples of one activity apart in the names of the laws. Default: none. */
  readonly title?: string
  /** Sets up a target with which it is over soon. Called anew each time a law needs one. */
  readonly prepare: () => Promise<Scene> | Scene
  /**
   * Sets up a target with which it takes a second or longer, so that it can be caught in the middle. `false` says that
   * it is always over within 100 ms.
   */
  readonly long: false | (() => Promise<Scene> | Scene)
  /** Inputs that must be refused, at least one. */
  readonly refuses: readonly Refusal[]
  /**
   * Whether the effect of an action outlasts it, or is there only while it runs, such as a program that was started
   * and is waited for; then `long` shows it. Default: `stays`.
   */
  readonly effect?: 'stays' | 'while it runs'
  /** What chance decided, in a form that can be compared between two targets. Needed when `context.random` is used. */
  readonly choice?: (outcome: Outcome) => JsonValue
}

/** How one provider type with fields of its own is tried. */
export interface ProviderSample extends Sample {
  /** As what it stands in the experiment. */
  readonly kind: 'probe' | 'action'
  /** Whether it registers how it is undone. Default: false. */
  readonly undoable?: boolean
}

/** A target that has been set up. */
export interface Scene {
  /** The arguments of the activity; of a provider object every field but `type`. */
  readonly input: JsonObject
  /** What somebody sees who looks at the target without the driver. Needed for actions; must not change anything. */
  readonly look?: () => Promise<JsonValue> | JsonValue
  /** Of a `long` target: whether the activity is in the middle by now. Default: once it has registered its undo. */
  readonly underway?: () => Promise<boolean> | boolean
  /** What relative paths are relative to. Default: the working directory. */
  readonly directory?: string
  /** Default: none. */
  readonly configuration?: JsonObject
  /** Default: none. */
  readonly secrets?: JsonObject
  /** Takes the target away, whatever has become of it. */
  readonly cleanUp?: () => Promise<void> | void
}

/** An input that must be refused, and the place in it that must be named. `[]` is the input as a whole. */
export interface Refusal {
  readonly input: JsonObject
  readonly path: readonly (string | number)[]
}

/** What came of a call. */
export interface Outcome {
  readonly result: JsonValue
  /** What it registered for undo, as amended last. */
  readonly undos: readonly UndoRecord[]
}
