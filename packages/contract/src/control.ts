import type { ProviderFields } from './experiment.ts'
import type { HookName } from './hook-name.ts'
import type { JsonObject, JsonValue } from './json.ts'
import type { Log } from './log.ts'
import type { RunEvent } from './run-event.ts'
import { SquallError } from './squall-error.ts'
import type { Clock, Random } from './world.ts'

/** A control as a file declares it, `arguments` with their variables still in place. */
export interface ControlDeclaration {
  readonly name: string
  readonly provider: ProviderFields
  /** Declared in settings or a control file, not in the experiment. */
  readonly isGlobal: boolean
}

/** What can stand in `controls`: a named control of a driver, or everything that a provider type such as `python` runs. */
export interface ControlType {
  readonly summary: string
  /** Finds everything wrong with a declaration. A module that cannot be imported is a warning. Changes nothing. */
  validate?(
    declaration: ControlDeclaration,
    context: { readonly directory: string; readonly options: JsonObject },
  ): Promise<
    readonly { readonly message: string; readonly hint?: string; readonly level?: 'error' | 'warning' }[]
  >
  /** Called once for each declared control when a run begins, before its `configure`. */
  open(declaration: ControlDeclaration, context: ControlContext): Promise<OpenControl>
}

export interface ControlContext {
  /** What relative paths of the declaration are relative to. */
  readonly directory: string
  readonly signal: AbortSignal
  readonly log: Log
  readonly clock: Clock
  readonly random: Random
  /** This driver's own options, from settings `drivers.options.NAME` and the command line. */
  readonly options: JsonObject
  /** Ends the run as SIGUSR1 does (`graceful`) or as SIGUSR2 does, at any time. */
  interrupt(how: 'graceful' | 'ungraceful', reason: string): void
  /**
   * Runs a probe declared in the control's arguments through its provider: no controls, no journal entry. Resolves to its
   * output and whether that is within the `tolerance` the probe declares.
   */
  probe(
    activity: JsonObject,
  ): Promise<{ readonly output: JsonValue; readonly met: boolean; readonly reason: string }>
}

/** A control in one run, with whatever it remembers. */
export interface OpenControl {
  /** The hooks it has; no other is called. */
  readonly hooks: Readonly<Partial<Record<HookName, (call: HookCall) => Promise<void>>>>
  /** Once, before the first hook. A global control that rejects here is left out of the run. */
  configure?(call: SetupCall): Promise<void>
  /** Once, when the run is over. */
  cleanup?(): Promise<void>
  /** Every event of the run, in order. */
  onEvent?(event: RunEvent): void
}

/**
 * A JSON value of the run that a hook may look at and change *in place*; what it changes takes effect for everything that
 * follows and is recorded as patches. `revision` grows with every change, whoever made it.
 */
export interface LiveDocument<Value extends JsonValue = JsonValue> {
  readonly value: Value
  readonly revision: number
}

export interface SetupCall {
  /** Copied; variables are not replaced here (spec 17.2). */
  readonly arguments: JsonObject
  readonly experiment: LiveDocument<JsonObject>
  readonly configuration: LiveDocument<JsonObject>
  readonly secrets: LiveDocument<JsonObject>
  /** Global controls only. */
  readonly settings?: LiveDocument<JsonObject>
}

export interface HookCall {
  /** Copied and with variables replaced, anew for each call. */
  readonly arguments: JsonObject
  /** Source text (loader), experiment, hypothesis, or activity. */
  readonly context: LiveDocument
  /** After-hooks only: experiment, journal, hypothesis state, list of runs, or run. Null where it was cut short. */
  readonly state?: LiveDocument
  /** Null for loader hooks before the experiment is known. */
  readonly experiment: LiveDocument<JsonObject> | null
  readonly configuration: LiveDocument<JsonObject>
  readonly secrets: LiveDocument<JsonObject>
  readonly settings: LiveDocument<JsonObject>
  readonly signal: AbortSignal
  /** In `before-activity`: the activity is not carried out; it counts as succeeded with the given output. */
  skip(output?: JsonValue): void
}

/** Thrown by a control's hook: ends the run as interrupted. Any other error of a hook is logged and the run goes on. */
export class InterruptRun extends SquallError<'SQUALL_CONTROL_INTERRUPTED'> {
  override readonly name: string = 'InterruptRun'

  constructor(reason: string, options: { cause?: unknown } = {}) {
    super('SQUALL_CONTROL_INTERRUPTED', { reason }, options)
  }
}
