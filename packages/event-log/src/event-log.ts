import { jsonText } from '@squall/contract'
import { type LogBroken, type LogDamage, logBroken } from './broken-log.ts'
import type { LogTimer } from './ports.ts'
import { RecordQueue } from './record-queue.ts'
import type { SegmentWriter } from './segment-writer.ts'

/** How long a buffered record waits at most before it is written. */
const writeAfterMs = 50

/** A log that is open for writing. Records are kept in the order of the calls, durable or not. */
export interface EventLog<Item> extends AsyncDisposable {
  /** Stands in every segment of the log. */
  readonly id: string
  readonly folder: string
  /** A half-written end that a crash had left and that was cut off when the log was opened. */
  readonly torn: LogDamage | undefined
  /**
   * Takes a record down; it is written with others once 64 KiB are together or 50 ms have passed. Throws a `TypeError`
   * for what is not JSON and nothing else: a failed write shows at the next call that is awaited, and at `onError`.
   */
  append(record: Item): void
  /**
   * Appends a record and resolves once it survives a loss of power, and with it all before it. Calls made while the
   * disk is busy share the next sync. Rejects with `SQUALL_LOG_BROKEN`.
   */
  appendDurable(record: Item): Promise<void>
  /** Resolves once everything appended so far survives the end of this process. Rejects with `SQUALL_LOG_BROKEN`. */
  flush(): Promise<void>
  /**
   * Writes what is buffered, syncs it when the log holds durable records, and closes the log; calling it again gives
   * the same promise. Rejects with `SQUALL_LOG_BROKEN`, but is closed then too.
   */
  close(): Promise<void>
}

export interface WriterOptions {
  readonly id: string
  readonly folder: string
  readonly torn: LogDamage | undefined
  readonly segments: SegmentWriter
  readonly timer: LogTimer
  readonly onError: ((error: LogBroken) => void) | undefined
}

interface Waiter {
  /** The number of the record that has to be there, counted from the opening of the log. */
  readonly upTo: number
  readonly isDurable: boolean
  resolve(): void
  reject(error: LogBroken): void
}

/** One loop at a time moves records from the queue to the disk, so writes never overlap. */
export class EventLogWriter<Item> implements EventLog<Item> {
  readonly id: string
  readonly folder: string
  readonly torn: LogDamage | undefined
  readonly #options: WriterOptions
  readonly #queue = new RecordQueue()
  #waiters: Waiter[] = []
  #written = 0
  #synced = 0
  #holdsDurable = false
  #isPumping = false
  #isOverdue = false
  #cancelTimer: (() => void) | undefined
  #failure: LogBroken | undefined
  #closing: Promise<void> | undefined

  constructor(options: WriterOptions) {
    this.id = options.id
    this.folder = options.folder
    this.torn = options.torn
    this.#options = options
  }

  append(record: Item): void {
    const text = recordText(record)
    if (this.#refuse()) return
    this.#queue.add(text)
    if (this.#isPumping) return
    if (this.#queue.isLarge) this.#pump()
    else this.#startTimer()
  }

  async appendDurable(record: Item): Promise<void> {
    const text = recordText(record)
    const refusal = this.#refuse()
    if (refusal) throw refusal
    this.#queue.add(text)
    this.#holdsDurable = true
    await this.#settled(true)
  }

  async flush(): Promise<void> {
    const refusal = this.#refuse()
    if (refusal) throw refusal
    await this.#settled(false)
  }

  close(): Promise<void> {
    this.#closing ??= this.#close()
    return this.#closing
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close()
  }

  async #close(): Promise<void> {
    this.#cancelTimer?.()
    try {
      if (!this.#failure) await this.#settled(this.#holdsDurable)
    } catch {
      // Thrown below, once the file is closed.
    }
    try {
      await this.#options.segments.close()
    } catch (error) {
      this.#fail(error)
    }
    if (this.#failure) throw this.#failure
  }

  #refuse(): LogBroken | undefined {
    if (this.#failure || !this.#closing) return this.#failure
    const closed = logBroken(this.folder, new Error('it is closed'))
    this.#options.onError?.(closed)
    return closed
  }

  /** Resolves once everything taken down so far is written, or on disk. */
  #settled(isDurable: boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiters.push({ upTo: this.#queue.added, isDurable, resolve, reject })
      this.#pump()
    })
  }

  #startTimer(): void {
    if (this.#cancelTimer || this.#closing) return
    this.#cancelTimer = this.#options.timer(writeAfterMs, () => {
      this.#cancelTimer = undefined
      this.#isOverdue = true
      this.#pump()
    })
  }

  #pump(): void {
    if (this.#isPumping) return
    this.#isPumping = true
    // Begins behind the current turn, so that what is appended together is written and synced together.
    queueMicrotask(async () => {
      try {
        while (this.#isDue()) await this.#writeBatch()
      } catch (error) {
        this.#fail(error)
      }
      this.#isPumping = false
      if (this.#queue.length > 0) this.#startTimer()
    })
  }

  #isDue(): boolean {
    return this.#waiters.length > 0 || this.#queue.isLarge || (this.#isOverdue && this.#queue.length > 0)
  }

  async #writeBatch(): Promise<void> {
    const { segments } = this.#options
    const batch = this.#queue.take(segments.room)
    if (batch.length > 0) await segments.write(batch)
    this.#written += batch.length
    this.#isOverdue &&= this.#queue.length > 0
    this.#settle()
    const written = this.#written
    if (this.#waiters.some(({ isDurable, upTo }) => isDurable && upTo <= written && upTo > this.#synced)) {
      await segments.sync()
      this.#synced = written
      this.#settle()
    }
  }

  #settle(): void {
    const isSettled = ({ isDurable, upTo }: Waiter) => upTo <= (isDurable ? this.#synced : this.#written)
    const settled = this.#waiters.filter(isSettled)
    this.#waiters = this.#waiters.filter((waiter) => !isSettled(waiter))
    for (const waiter of settled) waiter.resolve()
  }

  /** A log that failed once stays broken: after a failed sync nobody knows what is on disk. */
  #fail(error: unknown): void {
    if (this.#failure) return
    const failure = logBroken(this.folder, error)
    this.#failure = failure
    this.#queue.clear()
    this.#cancelTimer?.()
    for (const waiter of this.#waiters.splice(0)) waiter.reject(failure)
    this.#options.onError?.(failure)
  }
}

function recordText(record: unknown): string {
  const text = jsonText(record)
  if (text === undefined) throw new TypeError(`A record must be JSON, not ${typeof record}.`)
  return text
}
