import { isObject, type JsonValue, valueAt } from '@squall/contract'

/** What of a step a reference asks for. */
export type StepPart = 'output' | 'status' | 'duration'

/** One way to read `steps.NAME.PART...`: a name may itself hold dots. */
export interface StepReference {
  readonly name: string
  readonly part: StepPart
  /** Keys and indexes into the part. */
  readonly path: readonly (string | number)[]
}

const part = /\.(output|status|duration)(?=$|[.[])/g
const segment = /\.([^.[\]]+)|\[(\d+)\]|\["([^"]*)"\]|\['([^']*)'\]/y

const anywhere = /\$\{(steps\.[^}]+)\}/g

/**
 * Reads the inside of `${steps.NAME.output.path}`. Empty for what has another shape, which then is no reference of ours.
 * The longest name comes first.
 */
export function readStepReference(inside: string): StepReference[] {
  const readings: StepReference[] = []
  for (const match of inside.matchAll(part)) {
    const name = inside.slice('steps.'.length, match.index)
    const path = pathOf(inside.slice(match.index + match[0].length))
    const kind = match[1] as StepPart
    if (name !== '' && path && (kind === 'output' || path.length === 0))
      readings.unshift({ name, part: kind, path })
  }
  return readings
}

/** The insides of all references to steps in a text. */
export function stepReferencesIn(text: string): string[] {
  if (!text.includes('${steps.')) return []
  return [...text.matchAll(anywhere)].flatMap(([, inside = '']) =>
    readStepReference(inside).length > 0 ? [inside] : [],
  )
}

/** Whether a value refers to a step anywhere in its texts. */
export function hasStepReference(value: JsonValue): boolean {
  if (typeof value === 'string') return stepReferencesIn(value).length > 0
  return typeof value === 'object' && value !== null && Object.values(value).some(hasStepReference)
}

function pathOf(text: string): (string | number)[] | undefined {
  const path: (string | number)[] = []
  segment.lastIndex = 0
  while (segment.lastIndex < text.length) {
    const found = segment.exec(text)
    if (!found) return undefined
    const [, key, index, double, single] = found
    path.push(index === undefined ? (key ?? double ?? single ?? '') : Number(index))
  }
  return path
}

/**
 * Follows a path into a value: keys of objects, indexes of lists. Undefined where it leads nowhere. A number may come
 * with its text: see `putValue`.
 */
export function followPath(value: JsonValue, path: readonly (string | number)[]): JsonValue | undefined {
  let at = value
  for (const key of path) {
    const isThere = Array.isArray(at)
      ? /^\d+$/.test(String(key)) && Number(key) < at.length
      : isObject(at) && Object.hasOwn(at, String(key))
    if (!isThere) return undefined
    at = valueAt(at as object, key)
  }
  return at
}
