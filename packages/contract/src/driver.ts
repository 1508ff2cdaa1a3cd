import type { ClusterAccess, ClusterType } from './cluster.ts'
import type { ControlType } from './control.ts'
import type { Discoverer } from './discoverer.ts'
import type { ProviderFields } from './experiment.ts'
import type { JsonObject, JsonSchema, JsonValue } from './json.ts'
import type { Log } from './log.ts'
import type { Notifier } from './notifier.ts'
import type { RegisteredUndo } from './registered-undo.ts'
import type { Resolver } from './resolver.ts'
import type { StandardSchema } from './standard-schema.ts'
import type { Clock, Random } from './world.ts'

/** The number of the contract this package describes. A driver says in its manifest which one it follows. */
export const contractVersion = 1

/** A plain object; an ability a driver does not have is absent. */
export interface Driver {
  /** Also the provider type under which its `activities` are called. */
  readonly name: string
  readonly contract: typeof contractVersion
  readonly summary: string
  readonly activities?: Readonly<Record<string, Activity>>
  readonly undo?: Readonly<Record<string, Undo>>
  /** Provider types with fields of their own, such as `http`. */
  readonly providers?: Readonly<Record<string, ProviderType>>
  readonly aliases?: readonly Alias[]
  /** Controls by name: `"provider": {"type": DRIVER, "control": NAME, "arguments": {...}}`. */
  readonly controls?: Readonly<Record<string, ControlType>>
  /** Sources of secrets by the `type` of their declaration, such as `vault`. */
  readonly resolvers?: Readonly<Record<string, Resolver>>
  /**
   * Receivers of notifications. One named like a channel `type` serves that type (`plugin`); any is reached as
   * `{"type": "driver", "driver": DRIVER, "notifier": NAME}`, where NAME may be left out when there is one.
   */
  readonly notifiers?: Readonly<Record<string, Notifier>>
  /** Targets of continuous chaos by name. */
  readonly clusters?: Readonly<Record<string, ClusterType>>
  /** Readers of experiment files by extension, such as `.ts`. What the command reads itself cannot be replaced. */
  readonly loaders?: Readonly<Record<string, ExperimentLoader>>
  /** Looks into packages of another ecosystem. */
  readonly discoverer?: Discoverer
  /** Ends what the driver keeps between calls, such as a worker process. Called when a run or command is over; a later call opens it anew. */
  close?(): Promise<void>
  /**
   * Names what the driver has put out of the ordinary and is so right now, such as processes it paused that still are.
   * Asked before and after a run: what is new then was left behind. Changes nothing.
   */
  residue?(context: UndoContext): Promise<readonly string[]>
  /** Values of Node's `process.platform`; absent means any. On another system an experiment that uses it is refused before its run. */
  readonly platforms?: readonly string[]
  /** What the driver needs of the user, in words; absent means nothing. */
  readonly privileges?: readonly string[]
}

/** Reads the files of one extension. */
export interface ExperimentLoader {
  readonly summary: string
  /** Resolves to the experiment that the file holds. `file` is an absolute path. */
  load(file: string): Promise<unknown>
}

// biome-ignore lint/suspicious/noExplicitAny: the registry forgets argument types, so that differently typed ones stand together
export type Activity<Args = any, Result = any> = Probe<Args, Result> | Action<Args, Result>

export interface Probe<Args, Result> extends ActivityBase<Args, Result> {
  readonly kind: 'probe'
}

export interface Action<Args, Result> extends ActivityBase<Args, Result> {
  readonly kind: 'action'
  /** Undo functions of the same driver that this action registers. Absent: what it does cannot be taken back. */
  readonly undoneBy?: readonly string[]
  /** What `squall plan` says where `undoneBy` has nothing to name: whether it can be undone, in one sentence. */
  readonly undoSummary?: string
  /** Names what would be touched. Never changes anything: it serves `squall plan` and the safety checks. */
  targets(args: Args, context: ActivityContext): Promise<Targets>
}

interface ActivityBase<Args, Result> {
  readonly summary: string
  readonly args: StandardSchema<unknown, Args>
  /** Describes what `run` resolves to; for documentation and editors. */
  readonly result?: StandardSchema<unknown, Result>
  run(args: Args, context: ActivityContext): Promise<Result>
}

/** What would be touched, or why that cannot be known yet. */
export type Targets = readonly string[] | { readonly unknown: string }

export interface ActivityContext {
  /** Aborted when the activity must end. A driver returns within 100 ms of that. */
  readonly signal: AbortSignal
  readonly log: Log
  readonly configuration: Readonly<Record<string, JsonValue>>
  /** The groups named in `provider.secrets`, merged. Empty when none is named. */
  readonly secrets: Readonly<Record<string, JsonValue>>
  /** What relative paths in the experiment are relative to. */
  readonly directory: string
  readonly clock: Clock
  readonly random: Random
  /** This driver's own options, from settings `drivers.options.NAME` and the command line. */
  readonly options: JsonObject
  /** Processes that must live for things to be put back, such as squall's watchdog. Absent: none beside squall itself. */
  readonly protectedPids?: readonly number[]
  /**
   * Present when something is protected. The core compares targets with it, so `targets` then names them in full: a
   * process with its whole command line and, however it was found, with these ports where it listens on one and with its
   * owner where there are users: `... owned by root`, `... on 127.0.0.1:8080`.
   */
  readonly guarded?: { readonly ports: readonly number[]; readonly users: readonly string[] }
  /**
   * Registers how the harm that is about to be done is taken back: the name of one of the driver's own undo functions
   * and its arguments. Resolves once that is on disk, so await it before the harm.
   */
  undo(func: string, args: JsonValue): Promise<RegisteredUndo>
  /** The targets of continuous chaos that installed drivers bring. Absent where there is no run. */
  readonly clusters?: ClusterAccess
  /** Ends the run as SIGUSR1 does (`graceful`) or as SIGUSR2 does, at any time. Absent where there is no run to end. */
  interrupt?(how: 'graceful' | 'ungraceful', reason: string): void
}

/**
 * Takes an action back. It may run twice, when the harm never happened, and in another process than the action: it
 * knows only its arguments, and checks that its target is still the same.
 */
// biome-ignore lint/suspicious/noExplicitAny: the registry forgets argument types, as for Activity
export interface Undo<Args = any> {
  readonly summary: string
  readonly args: StandardSchema<unknown, Args>
  run(args: Args, context: UndoContext): Promise<'undone' | 'not needed'>
}

export interface UndoContext {
  readonly signal: AbortSignal
  readonly log: Log
  readonly clock: Clock
}

/** A provider type with fields of its own. */
export interface ProviderType {
  readonly summary: string
  /** JSON Schema of the provider object, for editors and documentation. */
  readonly schema: JsonSchema
  /** Fields besides `arguments` in which `${name}` is replaced before the call. */
  readonly substituted?: readonly string[]
  /** Whether an action of this type can be undone, in one sentence for `squall plan`. */
  readonly undoSummary?: string
  /** Finds everything wrong with the provider object. Must not change anything. */
  validate(provider: ProviderFields, context: ProviderValidation): Promise<readonly ProviderIssue[]>
  /**
   * Carries the activity out. `ActivityFailed` marks the activity as failed and the run goes on; any other error
   * aborts the method, as in Chaos Toolkit.
   */
  run(call: ProviderCall, context: ActivityContext): Promise<JsonValue>
  targets(call: ProviderCall, context: ActivityContext): Promise<Targets>
  /** Loads what the first call needs, so that it takes no longer than others. Asked where calls have to be in time. */
  prepare?(): Promise<void>
  /** Controls of this provider type: `"provider": {"type": "python", "module": ...}`. */
  readonly controls?: ControlType
  /**
   * Whether a module of its ecosystem is there. Where it is not, an alias of an installed driver stands in for it. Absent:
   * it cannot tell, and no alias is looked for.
   */
  canImport?(module: string, context: { readonly options: JsonObject }): Promise<boolean>
}

export interface ProviderValidation {
  readonly directory: string
  /** This driver's own options, from settings `drivers.options.NAME` and the command line. */
  readonly options: JsonObject
}

export interface ProviderIssue {
  /** Where, below the provider object: `['timeout', 0]`. */
  readonly path: readonly (string | number)[]
  readonly message: string
  readonly hint?: string
  /** Default `error`. A warning does not make the experiment invalid. */
  readonly level?: 'error' | 'warning'
  /** Mended once for the whole file, as a package that is missing: all that say the same are told as one problem. */
  readonly once?: boolean
}

export interface ProviderCall {
  /** The provider object with `${...}` replaced where that applies. */
  readonly provider: ProviderFields
  readonly kind: 'probe' | 'action'
  readonly activity: string
  /** Whether the activity has a `tolerance` key; some warnings are only for those that have none. */
  readonly hasTolerance: boolean
  /** Whether the activity declares `background`, so that others run beside it. Absent: it does not. */
  readonly background?: boolean
  /** Whether the activity declares `max_duration`, so that it may have to be ended while others go on. Absent: it does not. */
  readonly hasTimeLimit?: boolean
}

/** A name in another ecosystem that a driver stands in for. */
export interface Alias {
  /** The provider type of the file, e.g. `python`. */
  readonly provider: string
  readonly module: string
  /** Function of that module to the provider type and activity that stand in for it. */
  readonly functions: Readonly<Record<string, { readonly provider: string; readonly func: string }>>
  /** The driver's control that stands in for the module where it is named as one. */
  readonly control?: { readonly driver: string; readonly control: string }
}
