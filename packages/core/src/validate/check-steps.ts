import { isObject, type JsonObject, type JsonValue } from '@squall/contract'
import { readStepReference } from '../configuration/step-reference.ts'
import { textOf } from '../configuration/text-of.ts'
import { closest } from '../drivers/closest.ts'
import type { PlacedActivity } from './check-references.ts'
import type { Path, Problems } from './problem.ts'

/** Checks that each `${steps.NAME...}` names an activity that is played before the one it stands in. */
export function checkSteps(
  activities: readonly PlacedActivity[],
  experiment: JsonObject,
  problems: Problems,
): void {
  const lists = listsOf(activities)
  for (const placed of activities) {
    // Those of tolerances stand within their probe.
    if (placed.list === 'tolerance' || placed.activity['ref']) continue
    for (const { inside, path } of referencesIn(placed.activity, placed.path))
      checkReference({ inside, path, placed, lists, isOnlyAfter: isOnlyAfter(experiment) }, problems)
  }
}

interface Named {
  readonly name: string
  readonly background: boolean
  readonly index: number
}

type Lists = Readonly<Record<'hypothesis' | 'method' | 'rollbacks', readonly Named[]>>

interface Reference {
  readonly inside: string
  readonly path: Path
  readonly placed: PlacedActivity
  readonly lists: Lists
  readonly isOnlyAfter: boolean
}

function listsOf(activities: readonly PlacedActivity[]): Lists {
  const named = (list: PlacedActivity['list']): Named[] =>
    activities
      .filter((placed) => placed.list === list)
      .map(({ activity, path }) => ({
        name: textOf(activity['ref'] || activity['name']),
        background: activity['background'] === true,
        index: Number(path.at(-1)),
      }))
  return { hypothesis: named('hypothesis'), method: named('method'), rollbacks: named('rollbacks') }
}

const anywhere = /\$\{(steps\.[^}]+)\}/g

function referencesIn(value: JsonValue, path: Path): { inside: string; path: Path }[] {
  if (typeof value === 'string')
    return value.includes('${steps.')
      ? [...value.matchAll(anywhere)].map(([, inside = '']) => ({ inside, path }))
      : []
  if (!isObject(value) && !Array.isArray(value)) return []
  return Object.entries(value).flatMap(([key, item]) =>
    referencesIn(item as JsonValue, [...path, Array.isArray(value) ? Number(key) : key]),
  )
}

function checkReference(reference: Reference, problems: Problems): void {
  const { inside, path, placed, lists } = reference
  const readings = readStepReference(inside)
  if (readings.length === 0) {
    const message = `\`\${${inside}}\` is no reference to a step, so it stays as it is.`
    const hint = 'After the name comes `.output`, `.status` or `.duration`.'
    return problems.warn('step-no-reference', path, message, hint)
  }
  const known = playedBefore(placed, lists)
  const name = readings.find((reading) => known.some((one) => one.name === reading.name))?.name
  if (name === undefined) return tellUnknown(readings.at(-1)?.name ?? '', reference, known, problems)
  warnOfTime(name, reference, problems)
}

/** Whether an activity of that name can have ended by then. */
function playedBefore({ list, path }: PlacedActivity, lists: Lists): readonly Named[] {
  const before = (entries: readonly Named[]): Named[] =>
    entries.filter(({ index }) => index < Number(path.at(-1)))
  if (list === 'hypothesis') return [...before(lists.hypothesis), ...lists.method]
  if (list === 'method') return [...lists.hypothesis, ...before(lists.method)]
  return [...lists.hypothesis, ...lists.method, ...before(lists.rollbacks)]
}

function tellUnknown(
  name: string,
  { inside, path, lists }: Reference,
  known: readonly Named[],
  problems: Problems,
): void {
  const isLater = Object.values(lists).some((entries) => entries.some((entry) => entry.name === name))
  const near = closest(
    name,
    known.map((one) => one.name),
  )
  const message = isLater
    ? `\`\${${inside}}\` names '${name}', which is not played before this activity.`
    : `\`\${${inside}}\` names '${name}', which is no activity that is played before this one.`
  const hint = near === undefined ? 'Name an activity that stands before it.' : `Did you mean '${near}'?`
  problems.error('step-unknown', path, message, hint)
}

/** What can fail and need not. */
function warnOfTime(name: string, reference: Reference, problems: Problems): void {
  const { inside, path, placed, lists, isOnlyAfter: isLate } = reference
  const ones = (list: readonly Named[]): Named[] => list.filter((one) => one.name === name)
  if (placed.list === 'hypothesis' && !isLate && ones(lists.hypothesis).length === 0) {
    const message = `\`\${${inside}}\` has no value in the check before the method.`
    const hint = 'Use the hypothesis strategy `after-method-only`, or name a probe of the hypothesis.'
    return problems.warn('step-too-early', path, message, hint)
  }
  const all = [...ones(lists.hypothesis), ...ones(lists.method)]
  if (placed.list !== 'method' || all.length === 0 || all.some((one) => !one.background)) return
  const message = `'${name}' runs in the background and may not have ended by then.`
  problems.warn('step-in-background', path, message, 'Until it has ended, this activity fails.')
}

function isOnlyAfter({ runtime }: JsonObject): boolean {
  const hypothesis = isObject(runtime) ? runtime['hypothesis'] : undefined
  return isObject(hypothesis) && hypothesis['strategy'] === 'after-method-only'
}
