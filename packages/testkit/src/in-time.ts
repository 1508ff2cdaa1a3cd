import { isBusy, withheldMs } from './host/busy-machine.ts'
import { systemClock } from './host/system-clock.ts'
import { LawBroken } from './law.ts'
import { orTooLate, patience, tooLate } from './patience.ts'

/** On a busy machine a measure shows the machine; the best of a few shows the driver. */
const mostTries = { quiet: 5, busy: 15 }
/** Who takes longer than this is not held up for a moment; on a busy machine, when it happens again and again. */
const hopelessMs = 1000
const mostHopeless = { quiet: 1, busy: 3 }

/** How long something took, in milliseconds. */
export interface Took {
  readonly ms: number
  /** How much of it this thread was ready to run and was given no processor. */
  readonly withheldMs: number
}

/** Throws `LawBroken` unless one of a few tries ends within 100 ms of its abort, by what the machine let it have. */
export async function endsInTime(once: () => Promise<Took>): Promise<void> {
  const tries: Took[] = []
  for (;;) {
    const took = await once()
    if (ownMs(took) <= patience.abort) return
    tries.push(took)
    const machine = isBusy() ? 'busy' : 'quiet'
    const hopeless = tries.filter((one) => ownMs(one) >= hopelessMs)
    if (tries.length >= mostTries[machine] || hopeless.length >= mostHopeless[machine]) break
  }
  throw new LawBroken(
    `After the abort it took ${tries.map(inWords).join(', ')} to end, not ${patience.abort} ms.`,
  )
}

/** What the driver is to answer for. */
export function ownMs({ ms, withheldMs: withheld }: Took): number {
  return ms - withheld
}

/** Aborts what is under way. Resolves to how long it then took to its end; at most about `hopelessMs`. */
export async function timeToEnd(ended: Promise<unknown>, abort: () => void): Promise<Took> {
  const [at, withheldAt] = [systemClock.monotonic(), withheldMs()]
  abort()
  const end = await orTooLate(ended, hopelessMs)
  const withheld = withheldMs() - withheldAt
  const ms = systemClock.monotonic() - at
  return { ms: end === tooLate ? Math.max(ms, hopelessMs + withheld) : ms, withheldMs: withheld }
}

function inWords(took: Took): string {
  const { ms, withheldMs: withheld } = took
  const orLonger = ownMs(took) >= hopelessMs ? ' or longer' : ''
  const machine = withheld >= 1 ? ` (${withheld.toFixed(0)} of them without a processor)` : ''
  return `${ms.toFixed(0)} ms${orLonger}${machine}`
}
