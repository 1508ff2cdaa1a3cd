import {
  type Clock,
  hasCode,
  type JsonValue,
  type Log,
  type RegisteredUndo,
  SquallError,
} from '@squall/contract'
import type { DriverPackage } from '../drivers/driver-package.ts'
import type { DriverRegistry } from '../drivers/registry.ts'
import type { EventStream } from './event-stream.ts'
import { reasonOf } from './exception-lines.ts'
import type { Interruption } from './interruption.ts'
import { asJson } from './json-result.ts'
import { orAbandon } from './or-abandon.ts'

interface Entry {
  readonly id: number
  readonly driver: DriverPackage
  readonly func: string
  readonly activity: string
  args: JsonValue
}

type Outcome = { status: 'undone' | 'not needed' } | { status: 'failed'; reason: string }

/** Keeps how each harm is taken back, on disk before the harm, and carries it out in reverse order. */
export class UndoLedger {
  readonly #events: EventStream
  readonly #registry: DriverRegistry
  readonly #clock: Clock
  readonly #entries: Entry[] = []
  #isOver = false
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
    const { name, version, file, manifest } = driver
    if (!Object.hasOwn(manifest.undo, func))
      throw new SquallError('SQUALL_UNDO_UNKNOWN', { func, driver: name })
    const entry: Entry = {
      id: this.#entries.length + 1,
      driver,
      func,
      activity,
      args: this.#checked(activity, args),
    }
    this.#entries.push(entry)
    await this.#record(entry, {
      type: 'undo-registered',
      undo: entry.id,
      activity,
      driver: { package: name, version, file },
      func,
      arguments: entry.args,
    })
    return { amend: (amended) => this.#amend(entry, amended) }
  }

  /**
   * Undoes everything, the newest first. One that fails does not stop the others; one that hangs is given up when the
   * run is interrupted twice.
   */
  async undoAll(log: Log, interruption: Interruption): Promise<void> {
    this.#isOver = true
    for (const entry of [...this.#entries].reverse()) {
      interruption.renew()
      const outcome = await this.#undo(entry, log, interruption.background)
      if (outcome.status === 'failed') this.#failed += 1
      this.#events.emit({ type: 'undo-completed', undo: entry.id, ...outcome })
    }
  }

  async #amend(entry: Entry, args: JsonValue): Promise<void> {
    entry.args = this.#checked(entry.activity, args)
    await this.#record(entry, { type: 'undo-amended', undo: entry.id, arguments: entry.args })
  }

  #checked(activity: string, args: JsonValue): JsonValue {
    const answer = asJson(args)
    const reason = this.#isOver
      ? 'the run is over'
      : 'wrong' in answer
        ? `its arguments hold ${answer.wrong}`
        : ''
    if ('json' in answer && reason === '') return answer.json
    throw new SquallError('SQUALL_UNDO_NOT_RECORDED', { activity, reason })
  }

  async #record(entry: Entry, event: Parameters<EventStream['emitDurably']>[0]): Promise<void> {
    try {
      await this.#events.emitDurably(event)
    } catch (cause) {
      const reason = hasCode(cause, 'SQUALL_LOG_BROKEN') ? cause.fields.reason : reasonOf(cause)
      throw new SquallError('SQUALL_UNDO_NOT_RECORDED', { activity: entry.activity, reason }, { cause })
    }
  }

  async #undo(entry: Entry, log: Log, signal: AbortSignal): Promise<Outcome> {
    try {
      const undo = await this.#registry.undoFunction(entry.driver.name, entry.func)
      const checked = await undo.args['~standard'].validate(entry.args)
      if (checked.issues) throw new TypeError(checked.issues.map(({ message }) => message).join('; '))
      const work = undo.run(checked.value, { signal, log, clock: this.#clock })
      const status = await orAbandon(Promise.resolve(work), signal, this.#clock)
      return { status: status === 'not needed' ? status : 'undone' }
    } catch (error) {
      return { status: 'failed', reason: reasonOf(error) }
    }
  }
}
