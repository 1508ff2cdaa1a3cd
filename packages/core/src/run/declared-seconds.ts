import { ActivityFailed, isObject, type JsonObject, type JsonValue } from '@squall/contract'
import { substitute, type Variables } from '../configuration/substitute.ts'
import { textOf } from '../configuration/text-of.ts'

/** `max_duration` of an activity in seconds, or undefined where it declares none. Throws `ActivityFailed`. */
export function maxDurationOf(activity: JsonObject, variables: Variables): number | undefined {
  return declaredSeconds('max_duration', activity['max_duration'], variables)
}

/** `"undo": {"after": seconds}` of an activity in seconds, or undefined. Throws `ActivityFailed`. */
export function undoAfterOf(activity: JsonObject, variables: Variables): number | undefined {
  const { undo } = activity
  return isObject(undo) ? declaredSeconds('undo.after', undo['after'] as JsonValue, variables) : undefined
}

/** What cannot be kept to is found out before the activity does anything. */
export function declaredSeconds(
  key: string,
  declared: JsonValue | undefined,
  variables: Variables,
): number | undefined {
  const seconds = declared === undefined ? null : substitute(declared, variables)
  if (seconds === null) return undefined
  if (typeof seconds === 'number' && seconds >= 0) return seconds
  throw new ActivityFailed(`Its \`${key}\` is ${textOf(seconds)}, which is no number of seconds.`, {
    hint: 'Write a number, or `${name}` of a configuration value that is one.',
  })
}
