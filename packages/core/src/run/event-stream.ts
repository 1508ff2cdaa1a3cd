import type { Clock, RunEvent, RunEventBody, RunEventReader } from '@squall/contract'
import { Redactor } from '../redact/redactor.ts'
import { reasonOf } from './exception-lines.ts'

/** Where events are kept for good. `durable` resolves once they are on disk. */
export interface EventSink {
  append(event: RunEvent): void
  durable(event: RunEvent): Promise<void>
}

/** What follows a run from within: it sees events as they are, with their secrets and uncut. */
export interface EventWatcher {
  /** Called before an event gets its number: what must come before it is emitted here. */
  flush(): void
  see(event: RunEvent): void
}

/** Numbers and times the events of a run and hands them to every reader in order, `run-started` before all others. */
export class EventStream implements AsyncIterable<RunEvent> {
  readonly #clock: Clock
  #sink: EventSink | undefined
  readonly #readers: RunEventReader[]
  #watcher: EventWatcher | undefined
  readonly #events: RunEvent[] = []
  #lastSeq = 0
  /** What happened before the run could begin; undefined once it has begun. */
  #early: RunEventBody[] | undefined = []
  #closed = false
  #redactor: Redactor = Redactor.none
  #limit: (body: RunEventBody) => RunEventBody = (body) => body
  #wake: (() => void)[] = []

  constructor(clock: Clock, readers: readonly RunEventReader[]) {
    this.#clock = clock
    this.#readers = [...readers]
  }

  /** Goes on with the events of a run that another process began. */
  static continuing(
    clock: Clock,
    readers: readonly RunEventReader[],
    earlier: readonly RunEvent[],
  ): EventStream {
    const stream = new EventStream(clock, readers)
    stream.#events.push(...earlier)
    stream.#lastSeq = earlier.at(-1)?.seq ?? 0
    stream.#early = undefined
    return stream
  }

  get events(): readonly RunEvent[] {
    return this.#events
  }

  /** Hides the secrets of this run, from the next event on. */
  get redactor(): Redactor {
    return this.#redactor
  }

  redactWith(redactor: Redactor): void {
    this.#redactor = redactor
  }

  /** From the next event on, each one is cut to size by `limit`, which sees it without its secrets. */
  limitWith(limit: (body: RunEventBody) => RunEventBody): void {
    this.#limit = limit
  }

  watchWith(watcher: EventWatcher): void {
    this.#watcher = watcher
  }

  /** From the next event on, it is handed to this reader too. */
  readWith(reader: RunEventReader): void {
    this.#readers.push(reader)
  }

  /** From now on every event is kept there, the earlier ones first. */
  keepIn(sink: EventSink): void {
    for (const event of this.#events) sink.append(event)
    this.#sink = sink
  }

  /** Emits an event. After `close` nobody hears it: a driver that was left behind may still talk. */
  emit(body: RunEventBody): void {
    if (this.#closed) return
    const early = this.#early
    if (early && body.type !== 'run-started') {
      early.push(body)
      return
    }
    this.#early = undefined
    this.#watcher?.flush()
    const event = this.#number(body)
    this.#sink?.append(event)
    this.#deliver(event)
    for (const held of early ?? []) this.emit(held)
  }

  /** Emits an event and resolves once it is on disk. */
  async emitDurably(body: RunEventBody): Promise<void> {
    this.#watcher?.flush()
    const event = this.#number(body)
    const onDisk = this.#sink?.durable(event)
    this.#deliver(event)
    await onDisk
  }

  close(): void {
    this.#closed = true
    this.#wakeAll()
  }

  /** All events from the first one on, then those to come, until the run is over. */
  async *[Symbol.asyncIterator](): AsyncGenerator<RunEvent> {
    for (let next = 0; ; ) {
      const event = this.#events[next]
      if (event) {
        next += 1
        yield event
      } else if (this.#closed) return
      else await new Promise<void>((resolve) => this.#wake.push(resolve))
    }
  }

  /** The one place that every event passes: what is hidden or cut here is so for the log, the journal and every reader. */
  #number(body: RunEventBody): RunEvent {
    const prepared = this.#limit(this.#redactor.event(body))
    const [seq, time] = [this.#lastSeq + 1, this.#clock.now()]
    const event: RunEvent = { seq, time, ...prepared }
    this.#watcher?.see(prepared === body ? event : { seq, time, ...body })
    this.#lastSeq = event.seq
    this.#events.push(event)
    return event
  }

  #deliver(event: RunEvent): void {
    for (const reader of this.#readers) {
      try {
        const answer: unknown = reader(event)
        // An asynchronous reader that rejects would otherwise end the whole process.
        if (answer instanceof Promise) answer.catch((error: unknown) => this.#reportReader(event, error))
      } catch (error) {
        this.#reportReader(event, error)
      }
    }
    this.#wakeAll()
  }

  /** A reader that fails is named once per event; a failure while reading that report is not reported again. */
  #reportReader(event: RunEvent, error: unknown): void {
    if (event.type === 'log') return
    const message = `A reader of '${event.type}' failed: ${reasonOf(error)}.`
    this.emit({ type: 'log', level: 'warning', message })
  }

  #wakeAll(): void {
    if (this.#wake.length === 0) return
    const waiting = this.#wake
    this.#wake = []
    for (const wake of waiting) wake()
  }
}
