import { isObject, type JsonObject, type JsonValue } from '@squall/contract'
import type { Variables } from '../configuration/substitute.ts'
import { playActivity, unexpected } from './activity.ts'
import { declaredSeconds } from './declared-seconds.ts'
import { nextPoint } from './grid.ts'
import { judgeLeniently } from './judge.ts'
import { goesOn } from './on-failure.ts'
import type { ActivityOutcome, Place } from './place.ts'
import { declaredCount } from './retry.ts'
import type { RunScope } from './run-scope.ts'
import { placed } from './step-missing-place.ts'

export interface Repeat {
  readonly count: number
  /** Seconds from one start to the next. */
  readonly interval: number
  /** What has to hold for the next time to come. */
  readonly while: JsonValue | undefined
}

/** The `repeat` of an activity; undefined where it declares none. Throws `ActivityFailed` for what is no number. */
export function repeatOf(activity: JsonObject, variables: Variables): Repeat | undefined {
  const { repeat } = activity
  if (!isObject(repeat)) return undefined
  const count = declaredCount('repeat.count', repeat['count'] as JsonValue, variables)
  if (count === undefined) return undefined
  const interval = declaredSeconds('repeat.interval', repeat['interval'] as JsonValue, variables) ?? 0
  return { count, interval, while: repeat['while'] as JsonValue | undefined }
}

/**
 * Plays an entry of the method or the rollbacks, as often as it asks for, each time with an entry of its own in the
 * journal. Resolves to whether its list goes on. Rejects as `playActivity` does.
 */
export async function playEntry(
  entry: JsonValue,
  activity: JsonObject,
  place: Place,
  scope: RunScope,
): Promise<boolean> {
  const tolerance = isObject(entry) ? (entry['tolerance'] as JsonValue | undefined) : undefined
  const here: Place = tolerance === undefined ? place : { ...place, tolerance }
  const repeat = declaredRepeat(activity, scope)
  if (!repeat) return goesOn(await playActivity(activity, here, scope), entry, scope)
  const { count, interval } = repeat
  const [started, period] = [scope.clock.monotonic(), interval * 1000]
  for (let iteration = 1, point = 0; ; iteration += 1) {
    const outcome = await playActivity(activity, { ...here, repeat: { iteration, count } }, scope)
    if (!goesOn(outcome, entry, scope)) return false
    if (iteration >= count || isCutShort(place, scope) || !(await holds(repeat.while, outcome, place, scope)))
      return true
    const elapsed = scope.clock.monotonic() - started
    point = nextPoint(point, elapsed, period)
    if (period > 0) await scope.clock.sleep(Math.max(0, point * period - elapsed), place.signal)
  }
}

function declaredRepeat(activity: JsonObject, scope: RunScope): Repeat | undefined {
  try {
    return repeatOf(activity, scope.variables)
  } catch (error) {
    throw unexpected(activity, placed(error, activity))
  }
}

/** Rollbacks are played in a run that is over. */
function isCutShort({ phase }: Place, { state }: RunScope): boolean {
  return phase === 'method' && state.isOver
}

async function holds(
  condition: JsonValue | undefined,
  outcome: ActivityOutcome,
  { signal }: Place,
  scope: RunScope,
): Promise<boolean> {
  if (condition === undefined || condition === null) return true
  if (typeof condition === 'string') return outcome.status === condition
  if (outcome.status === 'failed' || !isObject(condition)) return false
  return (await judgeLeniently(outcome, condition['tolerance'] as JsonValue, signal, scope)).met
}
