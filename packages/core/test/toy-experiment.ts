import type { Driver, ExperimentFields, JsonObject, JsonValue } from '@squall/contract'
import { type FinishedRun, type Run, type RunOptions, startRun, waveThrough } from '../src/index.ts'
import { type ToyDriver, type Trace, toyDriver } from './toy-driver.ts'
import { VirtualClock } from './virtual-clock.ts'

/** An experiment as loosely as a file can write it. */
export type LooseExperiment = { readonly [key: string]: unknown }

/** An experiment with all that must be there, and `parts` over it. */
export function experimentOf(parts: LooseExperiment = {}): ExperimentFields {
  return { title: 'A toy', description: 'For tests.', method: [], ...parts } as ExperimentFields
}

export function hypothesisOf(...probes: readonly unknown[]): JsonObject {
  return { title: 'All is well', probes } as unknown as JsonObject
}

/** An activity of the toy driver. */
export function toy(
  type: 'probe' | 'action',
  name: string,
  func: string,
  args: JsonObject = {},
  more: JsonObject = {},
): JsonObject {
  return { type, name, provider: { type: 'toy', func, arguments: args }, ...more }
}

/** An action that takes some seconds and leaves its name in the trace. */
export function take(name: string, seconds: number = 0, more: JsonObject = {}): JsonObject {
  return toy('action', name, 'take', { name, seconds }, more)
}

/** A probe that answers with `value`, with its tolerance. */
export function answer(
  name: string,
  value: JsonValue,
  tolerance: JsonValue,
  more: JsonObject = {},
): JsonObject {
  return toy('probe', name, 'answer', { value }, { tolerance, ...more })
}

export function harm(thing: string, more: JsonObject = {}, args: JsonObject = {}): JsonObject {
  return toy('action', `harm ${thing}`, 'harm', { thing, ...args }, more)
}

/** An action that stops on an error no provider foresaw. */
export function crash(name: string, reason: string = 'boom'): JsonObject {
  return { type: 'action', name, provider: { type: 'raw', crash: reason } }
}

export interface Played extends FinishedRun {
  readonly trace: Trace
  readonly clock: VirtualClock
}

export interface PlayOptions extends Partial<RunOptions> {
  readonly toys?: ToyDriver
  readonly others?: readonly Driver[]
  readonly virtual?: VirtualClock
  /** Called with the run before time passes. */
  readonly onStart?: (run: Run) => void
}

/** Plays an experiment, unchecked, on virtual time. */
export async function play(parts: LooseExperiment, options: PlayOptions = {}): Promise<Played> {
  const {
    toys = toyDriver(),
    others = [],
    virtual: clock = new VirtualClock(),
    onStart,
    ...runOptions
  } = options
  const run = startRun(waveThrough(experimentOf(parts) as unknown as JsonValue), {
    drivers: [toys.driver, ...others],
    eventLog: false,
    clock,
    seed: 'seed',
    environment: {},
    directory: '.',
    ...runOptions,
  })
  onStart?.(run)
  const finished = await clock.passUntil(run.finished)
  return { ...finished, trace: toys.trace, clock }
}
