import type { Stage, Taker, Wire } from './stage.ts'

interface Waiting {
  readonly due: number
  readonly chunk: Buffer | null
}

/** How the data of a toxic is timed. `last`: when what came before is due, in milliseconds of the same clock as `now`. */
export interface Timing {
  /** When a chunk is due; it never overtakes another. */
  due(bytes: number, now: number, last: number): number
  /** When the end is due. */
  endDue(now: number, last: number): number
  /** Cuts a chunk in pieces that are timed one by one. Default: as it is. */
  cut?(chunk: Buffer): readonly Buffer[]
  /** How many bytes are held at most before the source is told to wait. */
  readonly capacity: number
}

/**
 * Holds each chunk until it is due. The moment counts from its arrival, so chunks wait side by side and the throughput
 * stays what it was.
 */
export class TimedQueue implements Stage {
  next: Taker
  readonly #timing: Timing
  readonly #wire: Wire
  readonly #waiting: Waiting[] = []
  #held = 0
  #last = 0
  #timer: NodeJS.Timeout | undefined

  constructor(timing: Timing, next: Taker, wire: Wire) {
    this.#timing = timing
    this.next = next
    this.#wire = wire
  }

  get isFull(): boolean {
    return this.#held >= this.#timing.capacity
  }

  data(chunk: Buffer): void {
    const now = performance.now()
    for (const piece of this.#timing.cut?.(chunk) ?? [chunk]) {
      this.#add(piece, Math.max(this.#last, this.#timing.due(piece.length, now, this.#last)))
    }
    this.#passDue()
  }

  end(): void {
    this.#add(null, Math.max(this.#last, this.#timing.endDue(performance.now(), this.#last)))
    this.#passDue()
  }

  release(): void {
    clearTimeout(this.#timer)
    this.#pass(Number.POSITIVE_INFINITY)
  }

  cancel(): void {
    clearTimeout(this.#timer)
    this.#waiting.length = 0
    this.#held = 0
  }

  #add(chunk: Buffer | null, due: number): void {
    this.#last = due
    this.#held += chunk?.length ?? 0
    this.#waiting.push({ due, chunk })
  }

  #passDue(): void {
    clearTimeout(this.#timer)
    const now = performance.now()
    this.#pass(now)
    const [first] = this.#waiting
    if (!first) return
    this.#timer = setTimeout(() => {
      this.#passDue()
      this.#wire.eased()
    }, first.due - now)
  }

  #pass(until: number): void {
    // Passing on may close the connection, which empties the list.
    for (let first = this.#waiting[0]; first && first.due <= until; first = this.#waiting[0]) {
      this.#waiting.shift()
      this.#held -= first.chunk?.length ?? 0
      if (first.chunk) this.next.data(first.chunk)
      if (!first.chunk) this.next.end()
    }
  }
}
