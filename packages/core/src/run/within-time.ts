import { setMaxListeners } from 'node:events'
import { ActivityFailed, anySignal, type Clock } from '@squall/contract'

/**
 * Does an activity's work under a signal of its own when there is a limit in seconds: past that the work is ended and the
 * activity has failed, whatever it answers.
 */
export async function withinTime<Result>(
  limit: number | undefined,
  signal: AbortSignal,
  clock: Clock,
  work: (signal: AbortSignal) => Promise<Result>,
  failure?: ActivityFailed,
): Promise<Result> {
  if (limit === undefined) return work(signal)
  const tooLate = failure ?? tooLong(limit)
  const [over, done] = [new AbortController(), new AbortController()]
  // Called off when the work is done first.
  clock.sleep(limit * 1000, done.signal).then(
    () => over.abort(tooLate),
    () => undefined,
  )
  const either = anySignal([signal, over.signal])
  // A driver may listen once for each of many targets: Node would take more than ten of them for a leak.
  setMaxListeners(0, either)
  const isLate = (): boolean => over.signal.aborted && !signal.aborted
  try {
    const result = await work(either)
    if (isLate()) throw tooLate
    return result
  } catch (error) {
    throw isLate() ? tooLate : error
  } finally {
    done.abort()
  }
}

function tooLong(limit: number): ActivityFailed {
  return new ActivityFailed(`It took longer than its maximum duration of ${limit} s.`)
}
