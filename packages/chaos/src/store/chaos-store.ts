import {
  dropSegments,
  type EventLog,
  iterateEventLog,
  type LogBroken,
  type LogDamage,
  type LogFiles,
  openEventLog,
  readEventLog,
} from '@squall/event-log'
import type { StoredState } from '../engine/engine-state.ts'
import type { ChaosEvent } from '../events/chaos-event.ts'
import { EventBook } from '../events/event-book.ts'
import { changeOf, type StoreRecord, withChange } from './store-record.ts'

export interface ChaosStoreOptions {
  /** Events that are kept (7.2). @defaultValue 25000 */
  readonly maxEvents?: number
  /** Records of a segment file. @defaultValue 5000 */
  readonly segmentRecords?: number
  readonly files?: LogFiles
  readonly onError?: (error: LogBroken) => void
}

/** What an opened store held. */
export interface FoundState {
  /** Absent in a new store, and in one that cannot be read. */
  readonly state?: StoredState
  /** Why the state cannot be used. */
  readonly damage?: string
}

/** Events and state of continuous chaos, on disk and in memory. */
export class ChaosStore implements AsyncDisposable {
  readonly book: EventBook = new EventBook()
  readonly #log: EventLog<StoreRecord>
  readonly #maxEvents: number
  #state: StoredState | undefined

  private constructor(log: EventLog<StoreRecord>, maxEvents: number) {
    this.#log = log
    this.#maxEvents = maxEvents
  }

  /**
   * Opens the store in `folder`, or makes one. Damage in the middle costs the state, not the events around it. Throws
   * `SQUALL_LOG_BROKEN` when the folder cannot be used.
   */
  static async open(
    folder: string,
    { maxEvents = 25_000, ...options }: ChaosStoreOptions = {},
  ): Promise<{ readonly store: ChaosStore; readonly found: FoundState }> {
    const log = await openEventLog<StoreRecord>(folder, { damage: 'skip', ...options })
    const store = new ChaosStore(log, maxEvents)
    return { store, found: await store.#read(folder) }
  }

  /** Writes what a step left; resolves once it survives the end of this process. Then it can be read. */
  async write(events: readonly ChaosEvent[], state: StoredState): Promise<void> {
    const record = this.#state ? { change: changeOf(this.#state, state) } : { state }
    this.#state = state
    this.#log.append(events.length > 0 ? { events, ...record } : record)
    await this.#log.flush()
    this.book.add(events)
  }

  /** Deletes the oldest events beyond the number that is kept, and the files that hold none of those left. */
  async cleanUp(): Promise<number> {
    const deleted = this.book.retain(this.#maxEvents)
    const first = this.book.first
    if (deleted === 0 || !first || !this.#state) return deleted
    this.#log.append({ state: this.#state, deletedBelow: first.ticks })
    await this.#log.flush()
    await dropSegments(this.#log.folder, await this.#firstSegmentWith(first.ticks))
    return deleted
  }

  async close(): Promise<void> {
    await this.#log.close()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close()
  }

  async #read(folder: string): Promise<FoundState> {
    const { records, damage } = await readEventLog<StoreRecord>(folder, { damage: 'skip' })
    let deletedBelow = 0n
    let state: StoredState | undefined
    const events: ChaosEvent[] = []
    for (const record of records) {
      events.push(...(record.events ?? []))
      if (record.deletedBelow !== undefined) deletedBelow = BigInt(record.deletedBelow)
      if (record.state) state = record.state
      else if (record.change && state) state = withChange(state, record.change)
    }
    this.book.add(events.filter(({ ticks }) => BigInt(ticks) >= deletedBelow))
    const first = await this.#firstAfterState(damage)
    const reason = first ? `line ${first.line} of segment ${first.segment} ${first.reason}` : flawOf(state)
    if (reason !== undefined) return { damage: reason }
    this.#state = state
    return state ? { state } : {}
  }

  /** Damage in front of a whole state does not matter to it. */
  async #firstAfterState(damage: readonly LogDamage[]): Promise<LogDamage | undefined> {
    if (damage.length === 0) return undefined
    let whole = { segment: 0, line: 0 }
    for await (const { segment, line, record } of this.#records()) if (record.state) whole = { segment, line }
    return damage.find(
      ({ segment, line }) => segment > whole.segment || (segment === whole.segment && line > whole.line),
    )
  }

  #records(): ReturnType<typeof iterateEventLog<StoreRecord>> {
    return iterateEventLog<StoreRecord>(this.#log.folder, { damage: 'skip' })
  }

  async #firstSegmentWith(ticks: string): Promise<number> {
    const key = BigInt(ticks)
    for await (const { segment, record } of this.#records()) {
      if (record.events?.some((event) => BigInt(event.ticks) >= key)) return segment
    }
    return 0
  }
}

/** Why a state that was read cannot be used: it was written by something else. */
function flawOf(state: StoredState | undefined): string | undefined {
  if (state === undefined) return undefined
  const { format, version, schedule, lastTicks, runs } = state
  const isWhole = [version, runs, schedule?.startMs, schedule?.expiryMs].every(Number.isFinite)
  if (format !== 1) return `its state has format ${format}`
  return isWhole && /^\d+$/.test(lastTicks) ? undefined : 'its state is not whole'
}
