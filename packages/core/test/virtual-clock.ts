import type { Clock } from '@squall/contract'

interface Timer {
  readonly at: number
  wake(): void
}

/** Time that passes only when nothing else can happen: an hour takes no longer than its events. */
export class VirtualClock implements Clock {
  readonly #epoch: number
  #elapsed = 0
  #timers: Timer[] = []

  constructor(epoch: number = Date.UTC(2026, 0, 2, 3, 4, 5)) {
    this.#epoch = epoch
  }

  now(): number {
    return this.#epoch + this.#elapsed
  }

  monotonic(): number {
    return this.#elapsed
  }

  sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason)
      const stop = (): void => {
        this.#timers = this.#timers.filter((other) => other !== timer)
        reject(signal?.reason)
      }
      const wake = (): void => {
        signal?.removeEventListener('abort', stop)
        resolve()
      }
      // A timer of the system takes at least a millisecond too.
      const timer = { at: this.#elapsed + Math.max(milliseconds, 1), wake }
      this.#timers.push(timer)
      signal?.addEventListener('abort', stop, { once: true })
    })
  }

  /** Lets time pass until `work` settles. Fails when nothing can happen any more and it still has not. */
  async passUntil<Result>(work: Promise<Result>): Promise<Result> {
    let isSettled = false
    const settle = (): void => {
      isSettled = true
    }
    work.then(settle, settle)
    for (let deadline = performance.now() + 10_000; ; ) {
      await nothingLeftToDo()
      if (isSettled) return work
      if (this.#jump()) deadline = performance.now() + 10_000
      else if (performance.now() > deadline) throw new Error('Nothing happens any more, and no timer is set.')
    }
  }

  #jump(): boolean {
    const next = this.#timers.reduce<Timer | undefined>(
      (first, timer) => (first && first.at <= timer.at ? first : timer),
      undefined,
    )
    if (!next) return false
    this.#timers = this.#timers.filter((timer) => timer !== next)
    this.#elapsed = Math.max(this.#elapsed, next.at)
    next.wake()
    return true
  }
}

/** Some turns of the event loop: for every promise that can settle, and for what those put off until later. */
async function nothingLeftToDo(): Promise<void> {
  for (let turn = 0; turn < 4; turn += 1) await new Promise((resolve) => setImmediate(resolve))
}
