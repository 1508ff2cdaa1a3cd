import type { Clock } from '@squall/contract'

interface Sleeper {
  readonly due: number
  wake(): void
}

/** Time that passes only when everybody waits for it. */
export class VirtualClock implements Clock {
  #now: number
  readonly #sleepers = new Set<Sleeper>()

  /** `start` is milliseconds since the epoch. */
  constructor(start: number) {
    this.#now = start
  }

  now(): number {
    return this.#now
  }

  monotonic(): number {
    return this.#now
  }

  sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason)
      const onAbort = (): void => {
        this.#sleepers.delete(sleeper)
        reject(signal?.reason)
      }
      const sleeper: Sleeper = {
        due: this.#now + Math.max(0, milliseconds),
        wake: () => {
          signal?.removeEventListener('abort', onAbort)
          resolve()
        },
      }
      this.#sleepers.add(sleeper)
      signal?.addEventListener('abort', onAbort, { once: true })
    })
  }

  /** Goes on to the next moment that somebody waits for, not beyond `end`; false when there is none. */
  advance(end: number): boolean {
    const next = [...this.#sleepers].sort((a, b) => a.due - b.due)[0]
    if (!next || next.due > end) {
      this.#now = end
      return false
    }
    this.#now = Math.max(this.#now, next.due)
    this.#sleepers.delete(next)
    next.wake()
    return true
  }
}
