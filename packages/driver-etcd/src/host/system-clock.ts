import { setTimeout as delay } from 'node:timers/promises'
import type { Clock } from '@squall/contract'

/** The clock of this machine, for what runs outside of a run. */
export const systemClock: Clock = {
  now: () => performance.timeOrigin + performance.now(),
  monotonic: () => performance.now(),
  sleep: (milliseconds, signal) =>
    delay(milliseconds, undefined, { signal }).catch((error) => {
      signal?.throwIfAborted()
      throw error
    }),
}
