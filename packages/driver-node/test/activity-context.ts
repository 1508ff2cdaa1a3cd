import { setTimeout } from 'node:timers/promises'
import type { ActivityContext, JsonValue, RegisteredUndo } from '@squall/contract'

/** A real context with a memory: what was logged and which undos were registered. */
export class RememberingContext implements ActivityContext {
  readonly logged: { level: string; message: string; fields: unknown }[] = []
  readonly undos: { func: string; args: JsonValue; amended: JsonValue[] }[] = []
  readonly configuration: Record<string, JsonValue> = { region: 'north' }
  readonly secrets: Record<string, JsonValue> = { token: 'of the test' }
  readonly options = {}
  readonly directory: string
  readonly signal: AbortSignal
  /** What registering an undo fails with. */
  undoFailure: Error | undefined

  constructor(directory: string, signal: AbortSignal = new AbortController().signal) {
    this.directory = directory
    this.signal = signal
  }

  readonly clock = {
    now: () => Date.now(),
    monotonic: () => performance.now(),
    sleep: async (milliseconds: number, signal?: AbortSignal) => {
      await setTimeout(milliseconds, undefined, { ...(signal && { signal }) })
    },
  }

  readonly random = { next: () => 0.5 }

  readonly log = {
    debug: (message: string, fields?: Record<string, JsonValue>) => this.#note('debug', message, fields),
    info: (message: string, fields?: Record<string, JsonValue>) => this.#note('info', message, fields),
    warn: (message: string, fields?: Record<string, JsonValue>) => this.#note('warn', message, fields),
  }

  async undo(func: string, args: JsonValue): Promise<RegisteredUndo> {
    if (this.undoFailure) throw this.undoFailure
    const entry = { func, args, amended: [] as JsonValue[] }
    this.undos.push(entry)
    return { amend: async (amended) => void entry.amended.push(amended) }
  }

  #note(level: string, message: string, fields: unknown): void {
    this.logged.push({ level, message, fields })
  }
}
