import { isBusy } from './host/busy-machine.ts'
import { systemClock } from './host/system-clock.ts'

/** How long the laws wait, in milliseconds; for what takes seconds, three times as long on a busy machine. */
export const patience = {
  /** What an activity has to end in after an abort. */
  abort: 100,
  /** What a call, an undo or a process of ours may take at most. */
  call: 20_000,
  /** What the world may take until it shows what was done. */
  effect: 5000,
  /** How long nothing may change where nothing should. */
  stillness: 60,
} as const

/** Limits from here on say that something does not come at all. What is measured is shorter. */
const generousMs = 1000

/** A limit on this machine as it is now. */
function limitNow(limitMs: number): number {
  return limitMs > generousMs && isBusy() ? limitMs * 3 : limitMs
}

/** What `orTooLate` resolves to when the time is up. */
export const tooLate: unique symbol = Symbol('too late')

/** Waits for `work`, but no longer than that. */
export async function orTooLate<Result>(
  work: Promise<Result>,
  limitMs: number,
): Promise<Result | typeof tooLate> {
  const over = new AbortController()
  const limit = systemClock.sleep(limitNow(limitMs), over.signal).then((): typeof tooLate => tooLate)
  // Rejects when the work came first, which is no news to anybody.
  limit.catch(() => {})
  try {
    return await Promise.race([work, limit])
  } finally {
    over.abort()
  }
}

/** Asks again and again until the answer is yes or the time is up. Tells whether it was yes. */
export async function until(isSo: () => boolean | Promise<boolean>, limitMs: number): Promise<boolean> {
  const deadline = systemClock.monotonic() + limitNow(limitMs)
  for (;;) {
    if (await isSo()) return true
    if (systemClock.monotonic() >= deadline) return false
    await systemClock.sleep(4)
  }
}
