import type { ChaosEvent } from './chaos-event.ts'
import { tokenOf } from './continuation-token.ts'
import type { EventQuery } from './event-query.ts'

/** A page of events, oldest first. */
export interface EventPage {
  readonly events: readonly ChaosEvent[]
  /** Gives the rest; empty when there is none. */
  readonly continuationToken: string
}

/** Events of one page at most (7.3). */
const pageSize = 100

/** The events that are kept, in ascending order, all in memory: 25,000 of them take some megabytes. */
export class EventBook {
  #events: ChaosEvent[] = []
  /** Their keys, for searching. */
  #keys: bigint[] = []

  get size(): number {
    return this.#events.length
  }

  get first(): ChaosEvent | undefined {
    return this.#events[0]
  }

  get last(): ChaosEvent | undefined {
    return this.#events.at(-1)
  }

  add(events: readonly ChaosEvent[]): void {
    for (const event of events) {
      this.#events.push(event)
      this.#keys.push(BigInt(event.ticks))
    }
  }

  /** Forgets the oldest events beyond a number (7.2), and tells how many they were. */
  retain(most: number): number {
    const count = Math.max(0, this.#events.length - most)
    this.#events = this.#events.slice(count)
    this.#keys = this.#keys.slice(count)
    return count
  }

  page({ start, end, maxResults }: EventQuery): EventPage {
    const from = this.#firstAtOrAfter(start)
    const until = this.#firstAtOrAfter(end + 1n)
    const size = maxResults > 0 ? Math.min(maxResults, pageSize) : pageSize
    const events = this.#events.slice(from, Math.min(from + size, until))
    const next = this.#keys[from + events.length]
    const hasMore = next !== undefined && from + events.length < until
    return { events, continuationToken: hasMore ? tokenOf({ start: next, end }) : '' }
  }

  #firstAtOrAfter(key: bigint): number {
    let low = 0
    let high = this.#keys.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.#keys[middle] as bigint) < key) low = middle + 1
      else high = middle
    }
    return low
  }
}
