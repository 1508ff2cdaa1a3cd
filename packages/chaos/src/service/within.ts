import type { Clock } from '@squall/contract'

/** Who is told to end, and why. */
export interface Limit {
  readonly clock: Clock
  readonly milliseconds: number
  /** Ends it earlier. */
  readonly signal: AbortSignal
}

/** What was not done in its time. */
export class TimeIsUp extends Error {
  override readonly name = 'TimeIsUp'
}

/**
 * Runs `work` with a signal that is aborted when the time is up. Rejects with `TimeIsUp` then, or with the outer
 * signal's reason, without waiting for work that does not listen.
 */
export async function within<Result>(
  { clock, milliseconds, signal }: Limit,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  signal.throwIfAborted()
  const end = new AbortController()
  const both = AbortSignal.any([signal, end.signal])
  const done = new AbortController()
  const aborted = new Promise<never>((_, reject) => {
    both.addEventListener('abort', () => reject(both.reason), { once: true, signal: done.signal })
  })
  clock.sleep(milliseconds, done.signal).then(
    () => end.abort(new TimeIsUp(`It was not done within ${milliseconds / 1000} s.`)),
    () => undefined,
  )
  try {
    const result = work(both)
    result.catch(() => undefined)
    return await Promise.race([result, aborted])
  } finally {
    done.abort()
  }
}
