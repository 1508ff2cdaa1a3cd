import type { Clock } from '@squall/contract'
import { FabricError } from './fabric-error.ts'

const defaultSeconds = 60
const largestSeconds = 4_294_967_295
/** A timer that waits longer would fire at once. */
const longestWaitMs = 2_147_483_647

/** Seconds of the query parameter `timeout`; an unreadable one is ignored (8). */
export function timeoutSeconds(text: string | undefined): number {
  const seconds = Number(text)
  const isUsable = /^\d+$/.test(text ?? '') && seconds >= 1 && seconds <= largestSeconds
  return isUsable ? seconds : defaultSeconds
}

/** Waits for a task no longer than the caller does. Rejects with `FABRIC_E_TIMEOUT`; the task itself goes on. */
export async function withinTimeout<Result>(
  seconds: number,
  clock: Clock,
  task: Promise<Result>,
): Promise<Result> {
  const over = new AbortController()
  const late = clock.sleep(Math.min(seconds * 1000, longestWaitMs), over.signal).then(
    (): never => {
      throw new FabricError('FABRIC_E_TIMEOUT', `The operation took longer than ${seconds} s.`)
    },
    // Called off, since the task was done in time.
    (): Promise<never> => new Promise(() => undefined),
  )
  try {
    return await Promise.race([task, late])
  } finally {
    over.abort()
  }
}
