import { isObject, type JsonObject, type JsonValue } from '@squall/contract'
import type { Variables } from '../configuration/substitute.ts'
import { whenOf } from '../run/decide-rollbacks.ts'
import { onFailureOf } from '../run/on-failure.ts'
import { repeatOf } from '../run/repeat.ts'
import { retryOf } from '../run/retry.ts'
import { untilOf } from '../run/until.ts'

/** In what way an activity is played that its file asks for, a sentence each. Throws `ActivityFailed` for wrong numbers. */
export function howPlayed(
  entry: JsonValue,
  activity: JsonObject,
  list: string,
  variables: Variables,
): string[] {
  const until = untilOf(activity, variables, isObject(entry) ? (entry['tolerance'] as JsonValue) : undefined)
  const retry = until ? undefined : retryOf(activity, variables)
  const isHypothesis = list !== 'method' && list !== 'rollbacks'
  const repeat = isHypothesis ? undefined : repeatOf(activity, variables)
  const failure = onFailureOf(entry, activity)
  const when = list === 'rollbacks' ? whenOf(entry) : undefined
  const isEvaluated = !isHypothesis && !until && activity['evaluate'] === true && 'tolerance' in activity
  return [
    ...(until
      ? [`asked every ${until.interval} s until its tolerance holds, for at most ${until.timeout} s`]
      : []),
    ...(retry ? [`tried up to ${retry.attempts} times while it fails${every(retry.interval)}`] : []),
    ...(repeat ? [`played ${repeat.count} times${every(repeat.interval)}${whileText(repeat.while)}`] : []),
    ...(isEvaluated ? ['held to its tolerance'] : []),
    ...(failure === 'continue' || isHypothesis ? [] : [failureTexts[failure]]),
    ...(when ? [`played when the run ended like this: ${when.join(', ')}`] : []),
  ]
}

const failureTexts = {
  stop: 'on failure nothing more of this list is played',
  abort: 'on failure the run is aborted',
} as const

function every(interval: number): string {
  return interval > 0 ? `, every ${interval} s` : ''
}

function whileText(condition: JsonValue | undefined): string {
  if (condition === undefined || condition === null) return ''
  return typeof condition === 'string'
    ? `, as long as it has ${condition}`
    : ', as long as its tolerance holds'
}
