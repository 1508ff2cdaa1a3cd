import {
  type Clock,
  hasCode,
  isObject,
  type JsonValue,
  type Log,
  type RegisteredUndo,
  SquallError,
} from '@squall/contract'
import type { DriverPackage } from '../drivers/driver-package.ts'
import type { DriverRegistry } from '../drivers/registry.ts'
import type { EventStream } from './event-stream.ts'

interface Entry {
  readonly id: number
  readonly driver: DriverPackage
  readonly func: string
  readonly activity: string
  args: JsonValue
}

/** Keeps how each harm is taken back, on disk before the harm, and carries it out in reverse order. */
export class UndoLedger {
  readonly #events: EventStream
  readonly #registry: DriverRegistry
  readonly #clock: Clock
  readonly #entries: Entry[] = []
  #failed = 0

  constructor(events: EventStream, registry: DriverRegistry, clock: Clock) {
    this.#events = events
    this.#registry = registry
    this.#clock = clock
  }

  /** How many undos failed. */
  get failed(): number {
    return this.#failed
  }

  /** Rejects with `SQUALL_UNDO_UNKNOWN` or `SQUALL_UNDO_NOT_RECORDED`; the caller must then not do the harm. */
  async register(
    driver: DriverPackage,
    activity: string,
    func: string,
    args: JsonValue,
  ): Promise<RegisteredUndo> {
    if (!driver.manifest.undo[func])
      throw new SquallError('SQUALL_UNDO_UNKNOWN', { func, driver: driver.name })
    const entry: Entry = { id: this.#entries.length + 1, driver, func, activity, args }
    this.#entries.push(entry)
    const { name, version, file } = driver
    await this.#record(entry, {
      type: 'undo-registered',
      undo: entry.id,
      activity,
      driver: { package: name, version, file },
      func,
      arguments: args,
    })
    return { amend: (amended) => this.#amend(entry, amended) }
  }

  /** Undoes everything, the newest first. One that fails does not stop the others. */
  async undoAll(log: Log): Promise<void> {
    for (const entry of this.#entries.splice(0).reverse()) {
      const outcome = await this.#undo(entry, log)
      if (outcome.status === 'failed') this.#failed += 1
      this.#events.emit({ type: 'undo-completed', undo: entry.id, ...outcome })
    }
  }

  async #amend(entry: Entry, args: JsonValue): Promise<void> {
    entry.args = args
    await this.#record(entry, { type: 'undo-amended', undo: entry.id, arguments: args })
  }

  async #record(entry: Entry, event: Parameters<EventStream['emitDurably']>[0]): Promise<void> {
    try {
      await this.#events.emitDurably(event)
    } catch (cause) {
      const reason = hasCode(cause, 'SQUALL_LOG_BROKEN') ? cause.fields.reason : String(cause)
      throw new SquallError('SQUALL_UNDO_NOT_RECORDED', { activity: entry.activity, reason }, { cause })
    }
  }

  async #undo(
    entry: Entry,
    log: Log,
  ): Promise<{ status: 'undone' | 'not needed' } | { status: 'failed'; reason: string }> {
    try {
      const undo = await this.#registry.undoFunction(entry.driver.name, entry.func)
      const checked = await undo.args['~standard'].validate(entry.args)
      if (checked.issues) throw new TypeError(checked.issues.map(({ message }) => message).join('; '))
      const status = await undo.run(checked.value, {
        signal: new AbortController().signal,
        log,
        clock: this.#clock,
      })
      return { status }
    } catch (error) {
      return { status: 'failed', reason: reasonOf(error) }
    }
  }
}

function reasonOf(error: unknown): string {
  return isObject(error) && 'message' in error ? String(error['message']) : String(error)
}
