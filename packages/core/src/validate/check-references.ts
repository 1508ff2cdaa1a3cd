import { isObject, type JsonObject, type JsonValue } from '@squall/contract'
import { textOf } from '../configuration/text-of.ts'
import { closest } from '../drivers/closest.ts'
import type { Path, Problems } from './problem.ts'

/** An activity of the document with its place. */
export interface PlacedActivity {
  readonly activity: JsonObject
  readonly path: Path
  readonly list: 'method' | 'rollbacks' | 'hypothesis' | 'tolerance'
}

/** Every activity that is an object, refs included; probes of tolerances too. */
export function activitiesOf(experiment: JsonObject): PlacedActivity[] {
  const hypothesis = experiment['steady-state-hypothesis']
  const probes = isObject(hypothesis) ? (hypothesis['probes'] as JsonValue | undefined) : undefined
  const inHypothesis = placed(probes, ['steady-state-hypothesis', 'probes'], 'hypothesis')
  const inTolerances = inHypothesis.flatMap(({ activity, path }): PlacedActivity[] => {
    const tolerance = activity['tolerance']
    if (!isObject(tolerance) || tolerance['type'] !== 'probe') return []
    return [{ activity: tolerance as JsonObject, path: [...path, 'tolerance'], list: 'tolerance' }]
  })
  return [
    ...placed(experiment['method'], ['method'], 'method'),
    ...inHypothesis,
    ...inTolerances,
    ...placed(experiment['rollbacks'], ['rollbacks'], 'rollbacks'),
  ]
}

function placed(entries: JsonValue | undefined, path: Path, list: PlacedActivity['list']): PlacedActivity[] {
  if (!Array.isArray(entries)) return []
  return entries.flatMap((entry, index) =>
    isObject(entry) ? [{ activity: entry as JsonObject, path: [...path, index], list }] : [],
  )
}

/** Among more names a search for the nearest one takes longer than it helps. */
const mostCompared = 1000

/**
 * Each `ref` must name an activity of the method or the hypothesis, not one of the rollbacks (spec 5.1). In the
 * rollbacks, which may never be played, the reference lets it pass.
 */
export function checkReferences(activities: readonly PlacedActivity[], problems: Problems): void {
  const names = new Set(
    activities
      .filter(({ list, activity }) => (list === 'method' || list === 'hypothesis') && !activity['ref'])
      .map(({ activity }) => textOf(activity['name'])),
  )
  for (const { activity, path, list } of activities) {
    const { ref } = activity
    if (typeof ref !== 'string' || ref === '' || names.has(ref)) continue
    const near = names.size > mostCompared ? undefined : closest(ref, [...names])
    const hint =
      near === undefined ? 'Name an activity of the method or the hypothesis.' : `Did you mean '${near}'?`
    const report = list === 'rollbacks' ? problems.warn : problems.error
    report(
      'ref-unknown',
      [...path, 'ref'],
      `\`ref\` names '${ref}', which is no activity of the method or the hypothesis.`,
      hint,
    )
  }
}
