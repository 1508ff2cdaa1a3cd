import type { Clock } from '@squall/contract'

/** A driver has 100 ms to return after an abort; the run does not wait longer for it. */
const graceMs = 100

/** Settles as `work` does, or rejects with the signal's reason 100 ms after an abort, whatever `work` does then. */
export function orAbandon<Result>(work: Promise<Result>, signal: AbortSignal, clock: Clock): Promise<Result> {
  return new Promise((resolve, reject) => {
    let grace: AbortController | undefined
    const abandon = (): void => {
      grace = new AbortController()
      // The sleep is called off once the work has settled.
      clock.sleep(graceMs, grace.signal).then(
        () => reject(signal.reason),
        () => undefined,
      )
    }
    const settled = (): void => {
      signal.removeEventListener('abort', abandon)
      grace?.abort()
    }
    if (signal.aborted) abandon()
    else signal.addEventListener('abort', abandon, { once: true })
    work.then(
      (result) => {
        settled()
        resolve(result)
      },
      (error: unknown) => {
        settled()
        reject(error)
      },
    )
  })
}
