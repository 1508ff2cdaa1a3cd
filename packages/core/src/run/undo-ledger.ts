import {
  type Clock,
  hasCode,
  type JsonValue,
  type Log,
  type RegisteredUndo,
  type SchemaResult,
  SquallError,
  type Undo,
} from '@squall/contract'
import type { DriverPackage } from '../drivers/driver-package.ts'
import type { DriverRegistry } from '../drivers/registry.ts'
import type { EventStream } from './event-stream.ts'
import { reasonOf } from './exception-lines.ts'
import type { Interruption } from './interruption.ts'
import { issuesText } from './issues-text.ts'
import { asJson } from './json-result.ts'
import { orAbandon } from './or-abandon.ts'

interface Entry {
  readonly id: number
  readonly driver: DriverPackage
  readonly func: string
  readonly undo: Undo
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

  /**
   * Rejects with `SQUALL_UNDO_UNKNOWN`, `SQUALL_ARGUMENTS_INVALID` or `SQUALL_UNDO_NOT_RECORDED`; the caller must then
   * not do the harm.
   */
  async register(
    driver: DriverPackage,
    activity: string,
    func: string,
    args: JsonValue,
  ): Promise<RegisteredUndo> {
    const { name, version, file, manifest } = driver
    if (!Object.hasOwn(manifest.undo, func))
      throw new SquallError('SQUALL_UNDO_UNKNOWN', { func, driver: name })
    const undo = await this.#registry.undoFunction(name, func)
    const checked = await checkedArguments(undo, func, args)
    if (this.#isOver) throw runIsOver(activity)
    const entry: Entry = { id: this.#entries.length + 1, driver, func, undo, activity, args: checked }
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
    const checked = checkedArguments(entry.undo, entry.func, args)
    // At once where it can be, so that whoever does not wait for an amendment has it in place all the same.
    const amended = checked instanceof Promise ? await checked : checked
    if (this.#isOver) throw runIsOver(entry.activity)
    entry.args = amended
    await this.#record(entry, { type: 'undo-amended', undo: entry.id, arguments: entry.args })
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
      const status = await orAbandon(this.#carryOut(entry, log, signal), signal, this.#clock)
      return { status: status === 'not needed' ? status : 'undone' }
    } catch (error) {
      return { status: 'failed', reason: reasonOf(error) }
    }
  }

  async #carryOut({ undo, args }: Entry, log: Log, signal: AbortSignal): Promise<unknown> {
    const checked = await undo.args['~standard'].validate(args)
    if (checked.issues) throw new TypeError(issuesText(checked.issues))
    return undo.run(checked.value, { signal, log, clock: this.#clock })
  }
}

function runIsOver(activity: string): SquallError {
  return new SquallError('SQUALL_UNDO_NOT_RECORDED', { activity, reason: 'the run is over' })
}

/** What cannot be undone with these arguments is known before the harm, not after it. */
function checkedArguments(undo: Undo, func: string, args: JsonValue): JsonValue | Promise<JsonValue> {
  const answer = asJson(args)
  const refuse = (problems: string): never => {
    throw new SquallError('SQUALL_ARGUMENTS_INVALID', { activity: func, problems })
  }
  if ('wrong' in answer) return refuse(`${answer.wrong} is not JSON`)
  const judge = ({ issues }: SchemaResult<unknown>): JsonValue =>
    issues ? refuse(issuesText(issues)) : answer.json
  const result = undo.args['~standard'].validate(answer.json)
  return result instanceof Promise ? result.then(judge) : judge(result)
}
