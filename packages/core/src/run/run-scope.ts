import type { Clock, Experiment, ExperimentFields, JsonObject, JsonValue, RunStatus } from '@squall/contract'
import { isObject } from '@squall/contract'
import type { Variables } from '../configuration/substitute.ts'
import { textOf } from '../configuration/text-of.ts'
import type { DriverRegistry } from '../drivers/registry.ts'
import type { Protection } from '../guards/protection.ts'
import type { EventStream } from './event-stream.ts'
import type { Interruption } from './interruption.ts'
import type { ScopedControls } from './scoped-controls.ts'
import type { Steps } from './steps.ts'
import type { UndoLedger } from './undo-ledger.ts'

export type DryLevel = 'probes' | 'actions' | 'activities' | 'pause'

/** What every part of a run shares. */
export interface RunScope {
  readonly experiment: Experiment
  readonly variables: Variables
  readonly registry: DriverRegistry
  readonly events: EventStream
  readonly clock: Clock
  readonly interruption: Interruption
  readonly undo: UndoLedger
  readonly state: RunState
  /** What activities answered, for `${steps.NAME...}`. */
  readonly steps: Steps
  /** Activities by name, for `ref`. */
  readonly named: ReadonlyMap<string, JsonObject>
  /** Absent when no control is declared anywhere: then they cost nothing. */
  readonly controls?: ScopedControls
  readonly dry: DryLevel | undefined
  /** Whether the tolerances of the method's probes count. */
  readonly strict: boolean
  readonly seed: string
  readonly directory: string
  readonly protection: Protection
  /** What activities left behind on purpose (`keep`), by driver package, in the words of its residue. */
  readonly kept: Map<string, ReadonlySet<string>>
  /** Processes that no driver may touch, such as the watchdog. */
  protectedPids(): readonly number[]
  nextActivityId(): number
}

/** The status of a run while it goes on: null until something ends it early. */
export class RunState {
  readonly #events: EventStream
  #status: RunStatus | null = null
  #deviated = false
  #isStopped = false

  constructor(events: EventStream) {
    this.#events = events
  }

  get status(): RunStatus | null {
    return this.#status
  }

  get deviated(): boolean {
    return this.#deviated
  }

  /** A run that was interrupted, aborted or failed starts nothing more. */
  get isOver(): boolean {
    return this.#status !== null && this.#status !== 'completed'
  }

  set(status: RunStatus, reason: string): void {
    this.#status = status
    this.#events.emit({ type: 'status-changed', status, reason })
  }

  /** The method or the rollbacks end here because an activity says so; the run has failed. */
  stop(reason: string): void {
    this.#isStopped = true
    this.set('failed', reason)
  }

  /** Whether the method was ended by an activity. */
  get isStopped(): boolean {
    return this.#isStopped
  }

  deviate(reason: string): void {
    this.#deviated = true
    this.#events.emit({ type: 'deviated', reason })
  }
}

/** The table behind `ref`: method first, then the hypothesis; the last activity of a name wins (spec 5.1). */
export function namedActivities(experiment: ExperimentFields): Map<string, JsonObject> {
  const entries = [...listOf(experiment.method), ...probesOf(experiment)].flatMap((entry) =>
    isObject(entry) ? [entry as JsonObject] : [],
  )
  return new Map(
    entries
      .filter(({ ref }) => ref === undefined || ref === null)
      .map((entry) => [textOf(entry['name']), entry]),
  )
}

/** The probes of the hypothesis; none where there is no list of them, as in a file that was not validated. */
export function probesOf(experiment: ExperimentFields): readonly JsonValue[] {
  return listOf(experiment['steady-state-hypothesis']?.probes)
}

/** A list as the file has it, its entries unchecked. */
export function listOf(value: unknown): readonly JsonValue[] {
  return Array.isArray(value) ? value : []
}
