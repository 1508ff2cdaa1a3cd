import { ActivityFailed, isObject, type JsonObject, type JsonValue } from '@squall/contract'
import { substitute, type Variables } from '../configuration/substitute.ts'
import { textOf } from '../configuration/text-of.ts'
import { attempted, secondsOf, type Work } from './attempt.ts'
import { declaredSeconds } from './declared-seconds.ts'
import { reasonOf } from './exception-lines.ts'
import type { Calling } from './until.ts'

export interface Retry {
  /** How often it is tried at most, the first time included. */
  readonly attempts: number
  /** Seconds from the end of one to the start of the next. */
  readonly interval: number
}

/** The `retry` of an activity; undefined where it declares none. Throws `ActivityFailed` for what is no number. */
export function retryOf(activity: JsonObject, variables: Variables): Retry | undefined {
  const { retry } = activity
  if (!isObject(retry)) return undefined
  const attempts = declaredCount('retry.attempts', retry['attempts'] as JsonValue, variables)
  if (attempts === undefined) return undefined
  const interval = declaredSeconds('retry.interval', retry['interval'] as JsonValue, variables) ?? 0
  return { attempts, interval }
}

/** A whole number above 0, or `${name}` of one; undefined where there is none. Throws `ActivityFailed`. */
export function declaredCount(
  key: string,
  declared: JsonValue | undefined,
  variables: Variables,
): number | undefined {
  const count = declared === undefined ? null : substitute(declared, variables)
  if (count === null) return undefined
  if (typeof count === 'number' && Number.isInteger(count) && count > 0) return count
  throw new ActivityFailed(`Its \`${key}\` is ${textOf(count)}, which is no whole number above 0.`, {
    hint: 'Write a number, or `${name}` of a configuration value that is one.',
  })
}

/** Tries until it works or the attempts are used up. Each one is an event. */
export async function tryAgain({ attempts, interval }: Retry, calling: Calling): Promise<Work> {
  const { id, scope, place, call } = calling
  const { clock } = scope
  const started = clock.monotonic()
  for (let attempt = 1; ; attempt += 1) {
    const begun = clock.monotonic()
    const tried = await attempted(() => call(place.signal))
    const tries = { retry: { attempts: attempt, waited: secondsOf(clock.monotonic() - started) } }
    if (place.signal.aborted) return { ...tried, tries }
    scope.events.emit({
      type: 'attempt-completed',
      id,
      attempt,
      status: tried.ok ? 'succeeded' : 'failed',
      ...(tried.ok ? {} : { reason: reasonOf(tried.error) }),
      duration: secondsOf(clock.monotonic() - begun),
    })
    if (tried.ok || attempt >= attempts) return { ...tried, tries }
    try {
      await clock.sleep(interval * 1000, place.signal)
    } catch (error) {
      return { ok: false, error, tries }
    }
  }
}
