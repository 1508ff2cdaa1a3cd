import { ActivityFailed, isObject, type JsonObject, type JsonValue, plainValue } from '@squall/contract'
import type { Variables } from '../configuration/substitute.ts'
import { type Attempt, attempted, secondsOf, type Work } from './attempt.ts'
import { declaredSeconds } from './declared-seconds.ts'
import { reasonOf } from './exception-lines.ts'
import { nextPoint } from './grid.ts'
import { judgeLeniently } from './judge.ts'
import type { Place } from './place.ts'
import type { RunScope } from './run-scope.ts'
import { withinTime } from './within-time.ts'

export interface Until {
  readonly tolerance: JsonValue | undefined
  /** Seconds. */
  readonly interval: number
  readonly timeout: number
}

/** The activity that is worked on, and how it is called once. */
export interface Calling {
  readonly id: number
  readonly activity: JsonObject
  readonly place: Place
  readonly scope: RunScope
  readonly call: (signal: AbortSignal) => Promise<JsonValue>
}

/** The `until` of a probe; undefined where it declares none. Throws `ActivityFailed` for times that are none. */
export function untilOf(
  activity: JsonObject,
  variables: Variables,
  entryTolerance?: JsonValue,
): Until | undefined {
  const { until } = activity
  if (!isObject(until)) return undefined
  const timeout = declaredSeconds('until.timeout', until['timeout'] as JsonValue, variables)
  if (timeout === undefined) return undefined
  const interval = declaredSeconds('until.interval', until['interval'] as JsonValue, variables) ?? 1
  const own = until['tolerance'] as JsonValue | undefined
  return { tolerance: own ?? entryTolerance ?? activity['tolerance'], interval, timeout }
}

/**
 * Asks again and again, on a grid of `interval`, until the tolerance holds or the time is up. Each asking is an event. An
 * error no provider foresaw is a failed asking like any other: what recovers may answer with anything.
 */
export async function untilHeld(until: Until, calling: Calling): Promise<Work> {
  const { scope, place } = calling
  const { clock } = scope
  const [started, period, timeout] = [clock.monotonic(), until.interval * 1000, until.timeout * 1000]
  for (let attempts = 1, point = 0; ; attempts += 1) {
    const left = until.timeout - (clock.monotonic() - started) / 1000
    const asked = await askOnce(attempts, left, until, calling)
    const elapsed = clock.monotonic() - started
    const tries = { until: { attempts, waited: secondsOf(elapsed) } }
    point = nextPoint(point, elapsed, period)
    if (asked.judged?.met || place.signal.aborted || Math.max(elapsed, point * period) >= timeout)
      return { ...asked, tries }
    try {
      await clock.sleep(Math.max(0, point * period - elapsed), place.signal)
    } catch (error) {
      return { ok: false, error, tries }
    }
  }
}

async function askOnce(attempt: number, left: number, until: Until, calling: Calling): Promise<Work> {
  const { scope, place, call } = calling
  const started = scope.clock.monotonic()
  const late = new ActivityFailed(
    `It had not answered when the ${until.timeout} s of its \`until\` were over.`,
  )
  const asked = await attempted(() => withinTime(left, place.signal, scope.clock, call, late))
  const work = await judged(asked, until, calling)
  if (!place.signal.aborted) tell(attempt, work, scope.clock.monotonic() - started, calling)
  return work
}

/** A tolerance may have a probe of its own, which can fail to be asked. */
async function judged(asked: Attempt, until: Until, calling: Calling): Promise<Work> {
  if (!asked.ok) return asked
  const { id, activity, place, scope } = calling
  try {
    const answer = { id, activity, output: plainValue(asked.output) }
    return { ...asked, judged: await judgeLeniently(answer, until.tolerance, place.signal, scope) }
  } catch (error) {
    return { ok: false, error }
  }
}

function tell(attempt: number, work: Work, took: number, { id, scope }: Calling): void {
  scope.events.emit({
    type: 'attempt-completed',
    id,
    attempt,
    status: work.ok ? 'succeeded' : 'failed',
    ...(work.ok ? work.judged : { met: false, reason: reasonOf(work.error) }),
    duration: secondsOf(took),
  })
}
