import { anySignal, type Clock } from '@squall/contract'

/** Who is told to end, and why. */
export interface Limit {
  readonly clock: Clock
  readonly milliseconds: number
  /** Ends it earlier. */
  readonly signal: AbortSignal
}

/** What was not done in its time. */
export class TimeIsUp extends Error {
  /** As that of `AbortSignal.timeout`: a fault tells by it why its signal was aborted. */
  override readonly name = 'TimeoutError'
}

/** How long work that was told to end is waited for: what is undone next must not be done again behind it. */
const graceMs = 1000

/**
 * Runs `work` with a signal that is aborted when the time is up. Rejects with `TimeIsUp` then, or with the outer
 * signal's reason, and waits a second at most for work that does not listen.
 */
export async function within<Result>(
  { clock, milliseconds, signal }: Limit,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  signal.throwIfAborted()
  const end = new AbortController()
  const both = anySignal([signal, end.signal])
  const done = new AbortController()
  const aborted = new Promise<never>((_, reject) => {
    both.addEventListener('abort', () => reject(both.reason), { once: true, signal: done.signal })
  })
  clock.sleep(milliseconds, done.signal).then(
    () => end.abort(new TimeIsUp(`It was not done within ${milliseconds / 1000} s.`)),
    () => undefined,
  )
  const result = work(both)
  const over = result.then(
    () => undefined,
    () => undefined,
  )
  try {
    return await Promise.race([result, aborted])
  } catch (error) {
    if (both.aborted) await Promise.race([over, clock.sleep(graceMs, done.signal)])
    throw error
  } finally {
    done.abort()
  }
}
