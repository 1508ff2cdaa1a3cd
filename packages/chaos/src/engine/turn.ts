import { type ChaosEvent, type ChaosEventBody, storedReason } from '../events/chaos-event.ts'
import { fileTimeOf } from '../events/file-time.ts'
import { defaultChaosParameters } from '../parameters/chaos-parameters.ts'
import type { Effect } from './effect.ts'
import type { ActiveRun, EngineState, Phase, Run, StoredState } from './engine-state.ts'

/** One call of `step` under way: the state as it changes, and what is to be done. Nothing of it is seen from outside. */
export class Turn {
  readonly now: number
  #state: EngineState
  readonly #before: StoredState
  readonly #events: ChaosEvent[] = []
  readonly #effects: Effect[] = []

  constructor(state: EngineState, now: number) {
    this.now = now
    this.#state = state
    this.#before = state.stored
  }

  get state(): EngineState {
    return this.#state
  }

  get stored(): StoredState {
    return this.#state.stored
  }

  /** The run in progress. */
  get active(): ActiveRun | undefined {
    const { run, latest } = this.stored
    return run && { ...run, parameters: latest ?? defaultChaosParameters }
  }

  change(change: Partial<EngineState>): void {
    this.#state = { ...this.#state, ...change }
  }

  /** Changes what is stored; a member that is undefined is left out. */
  store(change: { readonly [Key in keyof StoredState]?: StoredState[Key] | undefined }): void {
    const stored = Object.fromEntries(
      Object.entries({ ...this.#state.stored, ...change }).filter(([, value]) => value !== undefined),
    )
    this.change({ stored: stored as unknown as StoredState })
  }

  /** Moves the run to another phase. */
  go(phase: Phase, change: Partial<Run> = {}): void {
    const { run } = this.#state
    if (run) this.change({ run: { ...run, ...change, phase } })
  }

  /** Records an event under the next free key (7.1). */
  record(body: ChaosEventBody): void {
    const wanted = fileTimeOf(this.now)
    const last = BigInt(this.stored.lastTicks)
    const ticks = String(wanted > last ? wanted : last + 1n)
    const cut = 'reason' in body ? { ...body, reason: storedReason(body.reason) } : body
    this.#events.push({ ...cut, ticks })
    this.store({ lastTicks: ticks })
  }

  effect(effect: Effect): void {
    this.#effects.push(effect)
  }

  /** A number for a question or a fault. */
  number(): number {
    const lastNumber = this.#state.lastNumber + 1
    this.change({ lastNumber })
    return lastNumber
  }

  /** Everything to be done, what is to be stored first. */
  effects(): readonly Effect[] {
    if (this.#state.stored === this.#before) return this.#effects
    return [{ type: 'store', events: this.#events, state: this.stored }, ...this.#effects]
  }
}
