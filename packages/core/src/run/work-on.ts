import { attempted, type Work } from './attempt.ts'
import { retryOf, tryAgain } from './retry.ts'
import { type Calling, untilHeld, untilOf } from './until.ts'

/** Does the work of an activity, as often as it asks for. Never rejects. */
export async function workOn(calling: Calling): Promise<Work> {
  const { activity, place, scope, call } = calling
  if (activity['until'] === undefined && activity['retry'] === undefined)
    return attempted(() => call(place.signal))
  try {
    const until = untilOf(activity, scope.variables, place.tolerance)
    if (until) return await untilHeld(until, calling)
    const retry = retryOf(activity, scope.variables)
    if (retry) return await tryAgain(retry, calling)
    return await attempted(() => call(place.signal))
  } catch (error) {
    return { ok: false, error }
  }
}
