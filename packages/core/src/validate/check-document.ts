import { isObject, type JsonObject, type JsonValue } from '@squall/contract'
import { textOf } from '../configuration/text-of.ts'
import { checkActivity } from './check-activity.ts'
import { checkAsks } from './check-asks.ts'
import { checkControls } from './check-control.ts'
import { checkTolerance } from './check-tolerance.ts'
import type { Problems } from './problem.ts'

/** Checks everything that can be told from the document alone (spec 1, in its order). */
export function checkDocument(document: JsonValue, problems: Problems): void {
  if (!isObject(document)) {
    const what = document === null ? 'The file is empty' : 'The document is no object'
    problems.error(
      'document-no-object',
      [],
      `${what}; an experiment is one object.`,
      'Begin with `title`, `description` and `method`.',
    )
    return
  }
  const experiment = document as JsonObject
  checkTitle(experiment, problems)
  checkTags(experiment['tags'], problems)
  checkExtensions(experiment['extensions'], problems)
  for (const key of ['configuration', 'secrets']) checkIsObject(experiment, key, problems)
  checkHypothesis(experiment, problems)
  checkMethod(experiment, problems)
  checkActivities(experiment['rollbacks'], 'rollbacks', problems)
  checkControls(experiment['controls'], ['controls'], problems)
  checkAfterRollbacks(experiment['runtime'], problems)
}

/** The rest of `runtime` is not looked at: the reference takes whatever stands there (spec 1). */
function checkAfterRollbacks(runtime: JsonValue | undefined, problems: Problems): void {
  const hypothesis = isObject(runtime) ? runtime['hypothesis'] : undefined
  const wish = isObject(hypothesis) ? hypothesis['after_rollbacks'] : undefined
  if (wish === undefined || typeof wish === 'boolean') return
  const path = ['runtime', 'hypothesis', 'after_rollbacks']
  const message = '`after_rollbacks` must be true or false.'
  problems.error('after-rollbacks-no-boolean', path, message, 'Write it without quotes.')
}

function checkTitle(experiment: JsonObject, problems: Problems): void {
  for (const key of ['title', 'description']) {
    if (experiment[key]) continue
    const message = `The experiment has no ${key}.`
    problems.error(
      `${key}-missing`,
      key in experiment ? [key] : [],
      message,
      `Give it a text under \`${key}\`.`,
    )
  }
}

function checkTags(tags: JsonValue | undefined, problems: Problems): void {
  // A bare text passes in the reference, and files rely on it.
  if (!tags || typeof tags === 'string') return
  if (!Array.isArray(tags)) {
    problems.error('tags-no-list', ['tags'], '`tags` must be a list of texts.', 'Write it as a list.')
    return
  }
  for (const [index, tag] of tags.entries()) {
    if (typeof tag === 'string' && tag !== '') continue
    problems.error(
      'tag-empty',
      ['tags', index],
      'Each of the tags must be a text that is not empty.',
      'Remove it or fill it in.',
    )
  }
}

function checkExtensions(extensions: JsonValue | undefined, problems: Problems): void {
  if (!extensions) return
  if (!Array.isArray(extensions)) {
    const message = '`extensions` must be a list of objects.'
    problems.error('extensions-no-list', ['extensions'], message, 'Write it as a list.')
    return
  }
  for (const [index, extension] of extensions.entries()) {
    if (isObject(extension) && textOf(extension['name'] ?? '').trim() !== '') continue
    problems.error(
      'extension-name-missing',
      ['extensions', index],
      'An extension has no name.',
      'Give it a `name`.',
    )
  }
}

function checkIsObject(experiment: JsonObject, key: string, problems: Problems): void {
  if (!(key in experiment) || isObject(experiment[key])) return
  problems.error(
    `${key}-no-object`,
    [key],
    `\`${key}\` must be an object.`,
    'Write keys and values, or leave it out.',
  )
}

function checkHypothesis(experiment: JsonObject, problems: Problems): void {
  const key = 'steady-state-hypothesis'
  if (!(key in experiment)) return
  const hypothesis = experiment[key]
  if (!isObject(hypothesis)) {
    problems.error(
      'hypothesis-no-object',
      [key],
      'The steady-state hypothesis must be an object.',
      'Leave it out to explore without one.',
    )
    return
  }
  if (!hypothesis['title']) {
    problems.error(
      'hypothesis-title-missing',
      [key],
      'The steady-state hypothesis has no title.',
      'Give it a text under `title`.',
    )
  }
  checkControls(hypothesis['controls'] as JsonValue | undefined, [key, 'controls'], problems)
  const probes = hypothesis['probes'] as JsonValue | undefined
  if (probes !== undefined && probes !== null) checkProbes(probes, [key, 'probes'], problems)
}

function checkProbes(probes: JsonValue, path: readonly string[], problems: Problems): void {
  if (!Array.isArray(probes)) {
    problems.error(
      'probes-no-list',
      path,
      'The probes of the hypothesis must be a list.',
      'Write them as a list.',
    )
    return
  }
  for (const [index, probe] of probes.entries()) {
    checkActivity(probe, [...path, index], problems)
    checkAsks(probe, [...path, index], problems)
    if (isObject(probe)) checkTolerance(probe as JsonObject, [...path, index], problems)
  }
}

function checkMethod(experiment: JsonObject, problems: Problems): void {
  if ('method' in experiment) return checkActivities(experiment['method'] ?? null, 'method', problems)
  problems.error(
    'method-missing',
    [],
    'The experiment has no method.',
    'Add `method`, a list of activities; it may be empty.',
  )
}

function checkActivities(entries: JsonValue | undefined, key: string, problems: Problems): void {
  if (entries === undefined) return
  if (!Array.isArray(entries)) {
    problems.error(
      `${key}-no-list`,
      [key],
      `\`${key}\` must be a list of activities.`,
      'Write it as a list; it may be empty.',
    )
    return
  }
  for (const [index, entry] of entries.entries()) {
    checkActivity(entry, [key, index], problems)
    checkAsks(entry, [key, index], problems)
  }
}
