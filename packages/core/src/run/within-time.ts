import { ActivityFailed, type Clock, type JsonObject } from '@squall/contract'

/**
 * Does an activity's work under a signal of its own when it has a `max_duration`: past that the work is ended and the
 * activity has failed.
 */
export async function withinTime<Result>(
  activity: JsonObject,
  signal: AbortSignal,
  clock: Clock,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const limit = activity['max_duration']
  if (typeof limit !== 'number') return work(signal)
  const [over, done] = [new AbortController(), new AbortController()]
  const failure = new ActivityFailed(`It took longer than its maximum duration of ${limit} s.`)
  // Called off when the work is done first.
  clock.sleep(limit * 1000, done.signal).then(
    () => over.abort(failure),
    () => undefined,
  )
  try {
    return await work(AbortSignal.any([signal, over.signal]))
  } catch (error) {
    throw over.signal.aborted && !signal.aborted ? failure : error
  } finally {
    done.abort()
  }
}
