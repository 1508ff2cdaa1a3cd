import { isObject, type JsonObject, type JsonValue } from '@squall/contract'
import { closest } from '../drivers/closest.ts'
import { isMoment, rollbackMoments } from '../run/decide-rollbacks.ts'
import { checkKeys, checkNumber } from './check-key.ts'
import { checkToleranceValue } from './check-tolerance.ts'
import type { Path, Problems } from './problem.ts'

/** The keys of an activity that only squall knows and that say how it is played (docs/experiment-keys.md). */
const ownKeys = ['until', 'retry', 'repeat', 'evaluate', 'onFailure', 'when'] as const

/** Checks these keys of an entry. What is not understood would silently not be done, so it is an error. */
export function checkAsks(entry: JsonValue, path: Path, problems: Problems): void {
  if (!isObject(entry)) return
  const activity = entry as JsonObject
  warnOfSpelling(activity, path, problems)
  if (!ownKeys.some((key) => key in activity)) return
  if (activity['ref'] !== undefined && activity['ref'] !== null)
    return checkAsksOfRef(activity, path, problems)
  checkUntil(activity, path, problems)
  checkRetry(activity['retry'], [...path, 'retry'], problems)
  checkRepeat(activity['repeat'], [...path, 'repeat'], problems)
  checkEvaluate(activity, path, problems)
  checkEntryKeys(activity, path, problems)
}

/** A `ref` takes how its activity is played from that activity; only these two keys are its own. */
function checkAsksOfRef(ref: JsonObject, path: Path, problems: Problems): void {
  for (const key of ['until', 'retry', 'repeat', 'evaluate'] as const) {
    if (!(key in ref)) continue
    const message = `\`${key}\` has no effect on a \`ref\`.`
    problems.error('ask-on-ref', [...path, key], message, 'Write it on the activity that the `ref` names.')
  }
  checkEntryKeys(ref, path, problems)
}

function isInHypothesis(path: Path): boolean {
  return path[0] === 'steady-state-hypothesis'
}

function checkUntil(activity: JsonObject, path: Path, problems: Problems): void {
  const { until, retry } = activity
  if (until === undefined) return
  const at = [...path, 'until']
  if (!checkKeys('until', until, ['tolerance', 'interval', 'timeout'], ['timeout'], at, problems)) return
  checkNumber('until.timeout', until['timeout'], [...at, 'timeout'], problems)
  checkNumber('until.interval', until['interval'], [...at, 'interval'], problems)
  if (activity['type'] === 'action') {
    const hint = 'Use `retry` to try an action again, or a probe with `until` after it.'
    problems.error('until-on-action', at, '`until` is for probes.', hint)
  }
  if (retry !== undefined) {
    const hint = '`until` tries again after a failure too: leave `retry` out.'
    problems.error('until-and-retry', [...path, 'retry'], 'A probe takes one of `until` and `retry`.', hint)
  }
  const own = until['tolerance']
  if (own !== undefined) checkToleranceValue(own, [...at, 'tolerance'], problems)
  else if (!isInHypothesis(path)) checkOwnTolerance(activity, 'until', path, problems)
}

function checkRetry(retry: JsonValue | undefined, at: Path, problems: Problems): void {
  if (retry === undefined) return
  if (!checkKeys('retry', retry, ['attempts', 'interval'], ['attempts'], at, problems)) return
  checkNumber('retry.attempts', retry['attempts'], [...at, 'attempts'], problems, 'whole')
  checkNumber('retry.interval', retry['interval'], [...at, 'interval'], problems, 'from 0')
}

function checkRepeat(repeat: JsonValue | undefined, at: Path, problems: Problems): void {
  if (repeat === undefined) return
  if (!checkKeys('repeat', repeat, ['count', 'interval', 'while'], ['count'], at, problems)) return
  checkNumber('repeat.count', repeat['count'], [...at, 'count'], problems, 'whole')
  checkNumber('repeat.interval', repeat['interval'], [...at, 'interval'], problems, 'from 0')
  checkWhile(repeat['while'], [...at, 'while'], problems)
  if (isInHypothesis(at)) {
    const hint =
      'To wait for a steady state use `until`, to look again and again the strategy `continuously`.'
    problems.error('repeat-in-hypothesis', at, 'A probe of the hypothesis is not repeated.', hint)
  }
}

function checkWhile(condition: JsonValue | undefined, at: Path, problems: Problems): void {
  if (condition === undefined || condition === 'succeeded' || condition === 'failed') return
  if (isObject(condition) && Object.keys(condition).join() === 'tolerance')
    return checkToleranceValue(condition['tolerance'] ?? null, [...at, 'tolerance'], problems)
  const hint = 'Write `"succeeded"`, `"failed"` or `{"tolerance": ...}`.'
  problems.error('repeat-while', at, '`repeat.while` says what has to hold for the next time to come.', hint)
}

function checkEvaluate(activity: JsonObject, path: Path, problems: Problems): void {
  const { evaluate } = activity
  if (evaluate === undefined) return
  const at = [...path, 'evaluate']
  if (typeof evaluate !== 'boolean') {
    problems.error('evaluate-no-boolean', at, '`evaluate` must be true or false.', 'Write it without quotes.')
  } else if (evaluate && !isInHypothesis(path)) checkOwnTolerance(activity, 'evaluate', path, problems)
}

function checkOwnTolerance(activity: JsonObject, key: string, path: Path, problems: Problems): void {
  if ('tolerance' in activity)
    return checkToleranceValue(activity['tolerance'] ?? null, [...path, 'tolerance'], problems)
  const hint = 'Add `tolerance`, what the answer of the probe is held to.'
  problems.error('ask-without-tolerance', [...path, key], `\`${key}\` needs a tolerance.`, hint)
}

function checkEntryKeys(entry: JsonObject, path: Path, problems: Problems): void {
  const { onFailure, when } = entry
  if (onFailure !== undefined) checkOnFailure(onFailure, [...path, 'onFailure'], problems)
  if (when === undefined) return
  const at = [...path, 'when']
  if (path[0] !== 'rollbacks') {
    problems.error('when-outside-rollbacks', at, '`when` is for rollbacks.', 'Leave it out here.')
    return
  }
  const given = Array.isArray(when) ? when : [when]
  const wrong = given.length === 0 ? [when] : given.filter((moment) => !isMoment(moment))
  for (const moment of wrong) {
    const message = `\`when\` is no ${JSON.stringify(moment)}.`
    problems.error('when-unknown', at, message, choiceHint(moment, rollbackMoments))
  }
}

function checkOnFailure(onFailure: JsonValue, at: Path, problems: Problems): void {
  const choices = ['continue', 'stop', 'abort']
  if (isInHypothesis(at)) {
    const hint = 'A hypothesis that is not met decides by itself how the run goes on.'
    problems.error('on-failure-in-hypothesis', at, '`onFailure` has no effect in a hypothesis.', hint)
  } else if (!choices.includes(onFailure as string)) {
    const message = `\`onFailure\` is no ${JSON.stringify(onFailure)}.`
    problems.error('on-failure-unknown', at, message, choiceHint(onFailure, choices))
  }
}

function choiceHint(given: JsonValue, choices: readonly string[]): string {
  const near = typeof given === 'string' ? closest(given, choices) : undefined
  return `${near === undefined ? '' : `Did you mean '${near}'? `}Use one of ${choices.join(', ')}.`
}

/** Other keys are the author's own and stay; one that is ours but for its spelling is told. */
function warnOfSpelling(activity: JsonObject, path: Path, problems: Problems): void {
  for (const key of Object.keys(activity)) {
    const plain = key.toLowerCase().replace(/[^a-z]/g, '')
    const own = ownKeys.find((known) => known !== key && known.toLowerCase() === plain)
    if (own === undefined) continue
    problems.warn('ask-spelling', [...path, key], `\`${key}\` has no effect.`, `Did you mean \`${own}\`?`)
  }
}
