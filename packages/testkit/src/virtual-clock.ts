import type { Clock } from '@squall/contract'
import { nextTurn } from './host/system-clock.ts'

interface Sleeper {
  readonly at: number
  wake(): void
}

/** Time that stands still until a test moves it on. */
export class VirtualClock implements Clock {
  #ms: number
  #sleepers: readonly Sleeper[] = []

  /** `startMs`: milliseconds since the epoch; 0 by default. */
  constructor(startMs = 0) {
    this.#ms = startMs
  }

  now(): number {
    return this.#ms
  }

  monotonic(): number {
    return this.#ms
  }

  /** How many wait for time to pass. */
  get sleepers(): number {
    return this.#sleepers.length
  }

  async sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted()
    await new Promise<void>((resolve, reject) => {
      const leave = (): void => {
        this.#sleepers = this.#sleepers.filter((other) => other !== sleeper)
        signal?.removeEventListener('abort', stop)
      }
      const sleeper = {
        at: this.#ms + milliseconds,
        wake: () => {
          leave()
          resolve()
        },
      }
      const stop = (): void => {
        leave()
        reject(signal?.reason)
      }
      signal?.addEventListener('abort', stop)
      this.#sleepers = [...this.#sleepers, sleeper]
    })
  }

  /** Moves time on, stopping at each moment somebody waits for, until who was woken has had a turn. */
  async advance(milliseconds: number): Promise<void> {
    const target = this.#ms + milliseconds
    for (let first = this.#firstUntil(target); first; first = this.#firstUntil(target)) {
      this.#ms = first.at
      first.wake()
      await nextTurn()
    }
    this.#ms = target
    await nextTurn()
  }

  #firstUntil(target: number): Sleeper | undefined {
    return this.#sleepers.filter(({ at }) => at <= target).toSorted((a, b) => a.at - b.at)[0]
  }
}
