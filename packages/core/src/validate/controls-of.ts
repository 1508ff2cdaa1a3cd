import { isObject, type JsonObject, type JsonValue } from '@squall/contract'
import type { PlacedActivity } from './check-references.ts'
import type { Path } from './problem.ts'

/** A control of the document with its place. */
export interface PlacedControl {
  readonly control: JsonObject
  readonly path: Path
  /** Whether the experiment itself declares it, rather than a part of it. */
  readonly isTop: boolean
}

/** Every control that is an object: of the experiment, the hypothesis and the activities. Of a `ref` nothing else counts. */
export function controlsOf(experiment: JsonObject, activities: readonly PlacedActivity[]): PlacedControl[] {
  const key = 'steady-state-hypothesis'
  const own = activities.filter(({ activity, list }) => list !== 'tolerance' && !activity['ref'])
  return [
    ...placed(experiment, [], true),
    ...placed(experiment[key], [key], false),
    ...own.flatMap(({ activity, path }) => placed(activity, path, false)),
  ]
}

function placed(holder: JsonValue | undefined, path: Path, isTop: boolean): PlacedControl[] {
  const controls = isObject(holder) ? (holder['controls'] as JsonValue | undefined) : undefined
  if (!Array.isArray(controls)) return []
  return controls.flatMap((control, index) =>
    isObject(control) ? [{ control: control as JsonObject, path: [...path, 'controls', index], isTop }] : [],
  )
}
