import type { ActivityContext, Clock, JsonValue, UndoContext } from '@squall/contract'

/** Time that passes only when somebody sleeps. */
export class VirtualClock implements Clock {
  #ms = 0

  now(): number {
    return this.#ms
  }

  monotonic(): number {
    return this.#ms
  }

  async sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted()
    this.#ms += milliseconds
  }
}

/** What an activity is given, and a record of what it said and registered. */
export class TestContext implements ActivityContext, UndoContext {
  readonly signal: AbortSignal
  readonly clock: Clock
  readonly directory: string
  readonly configuration = {}
  readonly secrets = {}
  readonly options = {}
  readonly messages: string[] = []
  readonly undos: { func: string; args: JsonValue }[] = []
  readonly log = {
    debug: (message: string): void => this.#record(`debug: ${message}`),
    info: (message: string): void => this.#record(`info: ${message}`),
    warn: (message: string): void => this.#record(`warn: ${message}`),
  }
  readonly random: { next(): number }
  draws = 0

  constructor(options: { signal?: AbortSignal; clock?: Clock; directory?: string; chance?: number } = {}) {
    this.signal = options.signal ?? new AbortController().signal
    this.clock = options.clock ?? new VirtualClock()
    this.directory = options.directory ?? '.'
    this.random = {
      next: () => {
        this.draws += 1
        return options.chance ?? 0.5
      },
    }
  }

  async undo(func: string, args: JsonValue) {
    this.undos.push({ func, args })
    return { amend: async () => {} }
  }

  #record(message: string): void {
    this.messages.push(message)
  }
}
