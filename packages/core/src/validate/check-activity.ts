import { isObject, type JsonObject, type JsonValue } from '@squall/contract'
import { checkControls } from './check-control.ts'
import type { Path, Problems } from './problem.ts'

/** Checks the fields that every activity shares (spec 1.2). Of a `ref` nothing else is looked at. */
export function checkActivity(value: JsonValue, path: Path, problems: Problems): void {
  if (!isObject(value)) {
    problems.error(
      'activity-no-object',
      path,
      'An activity must be an object.',
      'Write `type`, `name` and `provider`.',
    )
    return
  }
  const activity = value as JsonObject
  const ref = activity['ref']
  if (ref !== undefined && ref !== null) {
    if (typeof ref === 'string' && ref !== '') return
    problems.error(
      'ref-empty',
      [...path, 'ref'],
      '`ref` must be the name of an activity.',
      'Name an activity of the method or the hypothesis.',
    )
    return
  }
  checkTypeAndName(activity, path, problems)
  checkPauses(activity, path, problems)
  if ('background' in activity && typeof activity['background'] !== 'boolean') {
    problems.error(
      'background-no-boolean',
      [...path, 'background'],
      '`background` must be true or false.',
      'Write it without quotes.',
    )
  }
  checkKeepAndTimes(activity, path, problems)
  const timeout = activity['timeout']
  if (timeout !== undefined && timeout !== null && typeof timeout !== 'number') {
    problems.error(
      'timeout-no-number',
      [...path, 'timeout'],
      '`timeout` must be a number of seconds.',
      'A time limit that works belongs into the provider.',
    )
  }
  if (!isObject(activity['provider'])) {
    problems.error(
      'provider-missing',
      path,
      'The activity has no provider.',
      'Add `provider`, an object with a `type`.',
    )
  } else if (typeof activity['provider']['type'] !== 'string') {
    problems.error(
      'provider-type-missing',
      [...path, 'provider'],
      'The provider has no type.',
      'Add `type`, such as `http`, `process` or `ports`.',
    )
  }
  checkControls(activity['controls'], [...path, 'controls'], problems)
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
    const fine = length === undefined || length === null || typeof length === 'number' || isVariable(length)
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

function isVariable(value: unknown): boolean {
  return typeof value === 'string' && value.startsWith('${') && value.endsWith('}')
}
