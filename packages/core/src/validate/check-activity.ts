import { isObject, type JsonObject, type JsonValue } from '@squall/contract'
import { checkControls } from './check-control.ts'
import { isVariable } from './check-key.ts'
import type { Path, Problems } from './problem.ts'

/** Checks the fields that every activity shares (spec 1.2). Of a `ref` nothing else is looked at. */
export function checkActivity(value: JsonValue, path: Path, problems: Problems): void {
  if (!isObject(value)) {
    const hint = 'Write `type`, `name` and `provider`.'
    problems.error('activity-no-object', path, 'An activity must be an object.', hint)
    return
  }
  const activity = value as JsonObject
  if (activity['ref'] !== undefined && activity['ref'] !== null) {
    checkRef(activity['ref'], path, problems)
    return
  }
  checkTypeAndName(activity, path, problems)
  checkPauses(activity, path, problems)
  checkBackgroundAndTimeout(activity, path, problems)
  checkProviderObject(activity['provider'], path, problems)
  checkControls(activity['controls'], [...path, 'controls'], problems)
}

function checkRef(ref: JsonValue, path: Path, problems: Problems): void {
  if (typeof ref === 'string' && ref !== '') return
  const hint = 'Name an activity of the method or the hypothesis.'
  problems.error('ref-empty', [...path, 'ref'], '`ref` must be the name of an activity.', hint)
}

function checkBackgroundAndTimeout(activity: JsonObject, path: Path, problems: Problems): void {
  if ('background' in activity && typeof activity['background'] !== 'boolean') {
    const message = '`background` must be true or false.'
    problems.error('background-no-boolean', [...path, 'background'], message, 'Write it without quotes.')
  }
  checkKeepAndTimes(activity, path, problems)
  const timeout = activity['timeout']
  if (timeout === undefined || timeout === null || typeof timeout === 'number') return
  const message = '`timeout` must be a number of seconds.'
  const hint = 'A time limit that works belongs into the provider.'
  problems.error('timeout-no-number', [...path, 'timeout'], message, hint)
}

function checkProviderObject(provider: JsonValue | undefined, path: Path, problems: Problems): void {
  if (!isObject(provider)) {
    const hint = 'Add `provider`, an object with a `type`.'
    problems.error('provider-missing', path, 'The activity has no provider.', hint)
    return
  }
  if (typeof provider['type'] === 'string') return
  const hint = 'Add `type`, such as `http`, `process` or `ports`.'
  problems.error('provider-type-missing', [...path, 'provider'], 'The provider has no type.', hint)
}

function checkTypeAndName(activity: JsonObject, path: Path, problems: Problems): void {
  const type = activity['type']
  if (type !== 'probe' && type !== 'action') {
    const given =
      type === undefined ? 'The activity has no type' : `There is no activity type ${JSON.stringify(type)}`
    problems.error(
      'activity-type',
      'type' in activity ? [...path, 'type'] : path,
      `${given}.`,
      'Write `"type": "probe"` or `"type": "action"`.',
    )
  }
  if (!activity['name'])
    problems.error('activity-name-missing', path, 'The activity has no name.', 'Give it a text under `name`.')
}

function checkPauses(activity: JsonObject, path: Path, problems: Problems): void {
  const pauses = activity['pauses']
  if (pauses === undefined || pauses === null) return
  if (!isObject(pauses)) {
    problems.error(
      'pauses-no-object',
      [...path, 'pauses'],
      '`pauses` must be an object.',
      'Write `before` and `after`, in seconds.',
    )
    return
  }
  for (const when of ['before', 'after']) {
    const length = pauses[when]
    const fine = isSecondsOfPython(length) || isVariable(length)
    if (!fine) {
      problems.error(
        'pause-no-number',
        [...path, 'pauses', when],
        `The pause \`${when}\` must be a number of seconds.`,
        'Write a number, or `${name}` of a configuration value.',
      )
    }
  }
}

/** In Python a boolean is a number, too. */
function isSecondsOfPython(length: unknown): boolean {
  return length === undefined || length === null || typeof length === 'number' || typeof length === 'boolean'
}

/** Keys that only squall knows: what is not understood would be silently left out, so it is an error. */
function checkKeepAndTimes(activity: JsonObject, path: Path, problems: Problems): void {
  const { keep, max_duration: limit, undo } = activity
  if (keep !== undefined && typeof keep !== 'boolean') {
    const hint = 'Write it without quotes.'
    problems.error('keep-no-boolean', [...path, 'keep'], '`keep` must be true or false.', hint)
  }
  checkSeconds('max_duration', limit, [...path, 'max_duration'], problems)
  if (undo === undefined || undo === null) return
  if (!isObject(undo) || Object.keys(undo).some((key) => key !== 'after')) {
    const message = '`undo` must be an object with `after` and nothing else.'
    problems.error('undo-no-object', [...path, 'undo'], message, 'Write `"undo": {"after": 30}`, in seconds.')
    return
  }
  checkSeconds('undo.after', undo['after'] as JsonValue, [...path, 'undo', 'after'], problems)
  if (keep === true) {
    const message = 'With `keep` nothing is undone, also not after a set time.'
    problems.error('undo-of-kept', [...path, 'undo'], message, 'Leave out one of `keep` and `undo`.')
  }
}

function checkSeconds(key: string, value: JsonValue | undefined, path: Path, problems: Problems): void {
  const isFine = value === undefined || value === null || isVariable(value)
  if (isFine || (typeof value === 'number' && value > 0)) return
  const hint = 'Write a number, or `${name}` of a configuration value.'
  problems.error('seconds-no-number', path, `\`${key}\` must be a number of seconds above 0.`, hint)
}
