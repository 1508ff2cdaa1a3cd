import { systemClock } from './host/system-clock.ts'
import { LawBroken } from './law.ts'
import { orTooLate, patience, tooLate } from './patience.ts'
import type { Running } from './running.ts'

/** On a busy machine a measure shows the machine; the best of a few shows the driver. */
const mostTries = 5
/** Who takes longer than this is not held up by a busy machine. */
const hopelessMs = 1000

/** Throws `LawBroken` unless one of a few tries ends within 100 ms of its abort. `once` tells how long one took. */
export async function endsInTime(once: () => Promise<number>): Promise<void> {
  const times: number[] = []
  while (times.length < mostTries) {
    const tookMs = await once()
    if (tookMs <= patience.abort) return
    times.push(tookMs)
    if (tookMs >= hopelessMs) break
  }
  const all = times.map((ms) => ms.toFixed(0)).join(', ')
  const atLeast = times.some((ms) => ms >= hopelessMs) ? ' or longer' : ''
  throw new LawBroken(`After the abort it took ${all} ms${atLeast} to end, not ${patience.abort}.`)
}

/** Aborts what is under way. Resolves to how long it then took to its end, in milliseconds; at most `hopelessMs`. */
export async function timeToEnd(running: Running): Promise<number> {
  const abortedAt = systemClock.monotonic()
  running.abort()
  const end = await orTooLate(running.ended, hopelessMs)
  return end === tooLate ? hopelessMs : systemClock.monotonic() - abortedAt
}
