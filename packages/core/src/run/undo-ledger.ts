import {
  type Clock,
  hasCode,
  type JsonValue,
  type Log,
  type RegisteredUndo,
  type RunEvent,
  SquallError,
  type Undo,
} from '@squall/contract'
import type { DriverPackage } from '../drivers/driver-package.ts'
import type { DriverRegistry } from '../drivers/registry.ts'
import { activityLog } from './activity-log.ts'
import type { EventStream } from './event-stream.ts'
import { reasonOf } from './exception-lines.ts'
import type { Interruption } from './interruption.ts'
import { issuesText } from './issues-text.ts'
import { orAbandon } from './or-abandon.ts'
import { checkedArguments } from './undo-arguments.ts'
import { type UndoInTime, type UndoResult, undoInTime } from './undo-in-time.ts'
import { withinTime } from './within-time.ts'

interface Entry {
  readonly id: number
  readonly driver: DriverPackage
  readonly func: string
  /** Known to whoever registered it; a healer looks it up when it undoes. */
  readonly undo?: Undo
  readonly activity: string
  args: JsonValue
  /** Names of the secrets that references in `args` stand for, where they were read from a log. */
  secrets: readonly string[]
  isDone?: boolean
  /** An undo after a set time that is waiting or under way. Settles when it is over, or when the run undoes everything. */
  early?: Promise<void>
}

export interface UndoLedgerOptions {
  readonly events: EventStream
  readonly registry: DriverRegistry
  readonly clock: Clock
  /** Sees to it that somebody will undo what is about to be done, whatever becomes of this process. */
  readonly guard?: (() => Promise<void>) | undefined
}

export interface UndoAllOptions {
  /** Asked before and after each one: a healer may have lost the run to another one. Default: always. */
  readonly mayGoOn?: () => Promise<boolean>
  /** Seconds that one undo may take with all its tries. Default: no limit. */
  readonly limitSeconds?: number
}

/** Waits between the tries of an undo that fails, in milliseconds. */
const retryAfterMs = [100, 400, 1600]

/** Keeps how each harm is taken back, on disk before the harm, and carries it out in reverse order. */
export class UndoLedger {
  readonly #events: EventStream
  readonly #registry: DriverRegistry
  readonly #clock: Clock
  readonly #guard: () => Promise<void>
  readonly #entries: Entry[] = []
  readonly #options: UndoLedgerOptions
  #lastId = 0
  #isOver = false
  /** Aborted when the run settles: whatever waits for its time is undone then. */
  readonly #settling = new AbortController()
  /** Aborted when nobody waits any longer for an undo after a set time that hangs. */
  readonly #givingUp = new AbortController()
  #failed = 0
  #canBeTriedAgain = false

  constructor(options: UndoLedgerOptions) {
    const { events, registry, clock, guard } = options
    this.#options = options
    this.#events = events
    this.#registry = registry
    this.#clock = clock
    this.#guard = guard ?? (async () => undefined)
  }

  /** How many undos failed. */
  get failed(): number {
    return this.#failed
  }

  /** Names of the secrets that have to be put into the arguments of what is to be undone. */
  get secretsNeeded(): readonly string[] {
    return this.#entries.flatMap(({ isDone, secrets }) => (isDone ? [] : secrets))
  }

  /** Whether another process can try again what failed: that takes a driver that it can load. */
  get canBeTriedAgain(): boolean {
    return this.#canBeTriedAgain
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
    inTime?: UndoInTime,
  ): Promise<RegisteredUndo> {
    const { name, version, file, manifest } = driver
    if (!Object.hasOwn(manifest.undo, func))
      throw new SquallError('SQUALL_UNDO_UNKNOWN', { func, driver: name })
    const undo = await this.#registry.undoFunction(name, func)
    const { args: checked, written } = await checkedArguments(args, {
      activity,
      func,
      undo,
      events: this.#events,
    })
    if (this.#isOver) throw runIsOver(activity)
    this.#lastId += 1
    const entry: Entry = { id: this.#lastId, driver, func, undo, activity, args: checked, secrets: [] }
    this.#entries.push(entry)
    // The watchdog and the record get ready side by side; the harm waits for both.
    const guarded = driver.file === '' ? undefined : this.#guard()
    guarded?.catch(() => undefined)
    await this.#record(entry, {
      type: 'undo-registered',
      undo: entry.id,
      activity,
      driver: { package: name, version, file },
      func,
      ...written,
    })
    await guarded?.catch((cause: unknown) => {
      throw new SquallError('SQUALL_UNDO_NOT_RECORDED', { activity, reason: reasonOf(cause) }, { cause })
    })
    if (inTime) entry.early = this.#undoInTime(entry, inTime)
    return { amend: (amended) => this.#amend(entry, amended) }
  }

  /** At the end of the run it is then undone already. What could not be undone in time is tried again there. */
  async #undoInTime(entry: Entry, inTime: UndoInTime): Promise<void> {
    const log = activityLog(this.#events, entry.activity)
    const outcome = await undoInTime(inTime, {
      clock: this.#clock,
      settling: this.#settling.signal,
      undo: () => this.#undoWithRetries(entry, log, this.#givingUp.signal),
    })
    if (outcome?.status === 'failed')
      log.warn(
        `It could not be undone after ${inTime.seconds} s: ${outcome.reason}. The end of the run tries again.`,
      )
    else if (outcome) this.#complete(entry, outcome)
  }

  #complete(entry: Entry, outcome: UndoResult): void {
    entry.isDone = true
    if (outcome.status === 'failed') {
      this.#failed += 1
      this.#canBeTriedAgain ||= entry.driver.file !== ''
    }
    this.#events.emit({ type: 'undo-completed', undo: entry.id, ...outcome })
  }

  /** Takes over what a run that died had registered and not undone; a failed undo is tried again. */
  restore(events: readonly RunEvent[]): void {
    const open = new Map<number, Entry>()
    for (const event of events) {
      if (event.type === 'undo-registered') {
        open.set(event.undo, this.#restored(event))
        this.#lastId = Math.max(this.#lastId, event.undo)
      }
      if (event.type === 'undo-completed' && event.status !== 'failed') open.delete(event.undo)
      const entry = event.type === 'undo-amended' ? open.get(event.undo) : undefined
      if (entry && event.type === 'undo-amended') {
        entry.args = event.arguments
        entry.secrets = event.secrets ?? []
      }
    }
    this.#entries.push(...open.values())
  }

  /** A ledger for what comes after this one is settled, such as the rollbacks that a healer plays. */
  successor(): UndoLedger {
    const next = new UndoLedger(this.#options)
    next.#lastId = this.#lastId
    return next
  }

  #restored({
    undo,
    driver,
    func,
    activity,
    arguments: args,
    secrets = [],
  }: Extract<RunEvent, { type: 'undo-registered' }>): Entry {
    const known = this.#registry.drivers.find(({ name }) => name === driver.package)
    return { id: undo, driver: known ?? missingDriver(driver), func, activity, args, secrets }
  }

  /**
   * Undoes everything, the newest first. One that fails does not stop the others; one that hangs is given up when the
   * run is interrupted twice, or when its time is up.
   */
  async undoAll(
    log: Log,
    interruption: Interruption,
    { mayGoOn = always, limitSeconds }: UndoAllOptions = {},
  ): Promise<void> {
    this.#isOver = true
    this.#settling.abort()
    for (const entry of [...this.#entries].reverse()) {
      interruption.renew('undoing')
      const { background } = interruption
      await this.#early(entry, background)
      if (entry.isDone) continue
      if (!(await mayGoOn())) return
      const outcome = await withinTime(limitSeconds, background, this.#clock, (signal) =>
        this.#undoWithRetries(entry, log, signal),
      ).catch((error: unknown): UndoResult => ({ status: 'failed', reason: reasonOf(error) }))
      // Whoever has the run now tells what became of this one.
      if (!(await mayGoOn())) return
      this.#complete(entry, outcome)
    }
  }

  /** Waits for an undo after a set time that is under way, unless it hangs and the signal gives it up. */
  async #early({ early }: Entry, signal: AbortSignal): Promise<void> {
    if (!early) return
    const giveUp = (): void => this.#givingUp.abort(signal.reason)
    signal.addEventListener('abort', giveUp, { once: true })
    await early
    signal.removeEventListener('abort', giveUp)
  }

  async #amend(entry: Entry, args: JsonValue): Promise<void> {
    const { activity, func, undo } = entry
    const checked = undo && checkedArguments(args, { activity, func, undo, events: this.#events })
    // At once where it can be, so that whoever does not wait for an amendment has it in place all the same.
    const amended = checked instanceof Promise ? await checked : checked
    if (this.#isOver || !amended) throw runIsOver(activity)
    entry.args = amended.args
    await this.#record(entry, { type: 'undo-amended', undo: entry.id, ...amended.written })
  }

  async #record(entry: Entry, event: Parameters<EventStream['emitDurably']>[0]): Promise<void> {
    try {
      await this.#events.emitDurably(event)
    } catch (cause) {
      const reason = hasCode(cause, 'SQUALL_LOG_BROKEN') ? cause.fields.reason : reasonOf(cause)
      throw new SquallError('SQUALL_UNDO_NOT_RECORDED', { activity: entry.activity, reason }, { cause })
    }
  }

  /** What fails is tried again after a while, then reported; it is never dropped. */
  async #undoWithRetries(entry: Entry, log: Log, signal: AbortSignal): Promise<UndoResult> {
    let outcome = await this.#undo(entry, log, signal)
    for (const wait of retryAfterMs) {
      if (outcome.status !== 'failed' || signal.aborted) return outcome
      await this.#clock.sleep(wait, signal).catch(() => undefined)
      outcome = await this.#undo(entry, log, signal)
    }
    return outcome
  }

  async #undo(entry: Entry, log: Log, signal: AbortSignal): Promise<UndoResult> {
    try {
      const status = await orAbandon(this.#carryOut(entry, log, signal), signal, this.#clock)
      return { status: status === 'not needed' ? status : 'undone' }
    } catch (error) {
      return { status: 'failed', reason: reasonOf(error) }
    }
  }

  async #carryOut({ driver, func, args, secrets }: Entry, log: Log, signal: AbortSignal): Promise<unknown> {
    const undo = await this.#registry.undoFunction(driver.name, func)
    const revealed = this.#events.redactor.references.reveal(args, secrets)
    const checked = await undo.args['~standard'].validate(revealed)
    if (checked.issues) throw new TypeError(issuesText(checked.issues))
    return undo.run(checked.value, { signal, log, clock: this.#clock })
  }
}

const always = async (): Promise<boolean> => true

/** Stands for a driver that is no longer installed: its undo fails with a reason and stays in the log. */
function missingDriver({
  package: name,
  version,
  file,
}: {
  package: string
  version: string
  file: string
}): DriverPackage {
  const manifest = { contract: 1, name, summary: '', providers: {}, activities: {}, undo: {}, aliases: [] }
  const load = async (): Promise<never> => {
    throw new SquallError('SQUALL_DRIVER_NOT_FOUND', { name, from: file })
  }
  return { name, version, file, folder: file, manifest, load }
}

function runIsOver(activity: string): SquallError {
  return new SquallError('SQUALL_UNDO_NOT_RECORDED', { activity, reason: 'the run is over' })
}
