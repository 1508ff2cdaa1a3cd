import type { Clock } from '@squall/contract'

export interface Patience {
  readonly seconds: number
  readonly clock: Clock
  readonly signal: AbortSignal
}

const firstPauseMs = 2
const longestPauseMs = 100

/** Asks again and again, at once at first, until the answer is yes or the time is up. Tells whether it was yes. */
export async function waitFor(
  isDone: () => Promise<boolean>,
  { seconds, clock, signal }: Patience,
): Promise<boolean> {
  const deadline = clock.monotonic() + seconds * 1000
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
    if (await isDone()) return true
    const leftMs = deadline - clock.monotonic()
    if (leftMs <= 0) return false
    await clock.sleep(Math.min(pauseMs, leftMs), signal)
  }
}
