import { isObject, type JsonObject, type JsonValue } from '@squall/contract'

/** Where a key leads in settings. */
export interface Location {
  /** Keys and indexes from the top. */
  readonly path: readonly (string | number)[]
  /** The object or list that holds the entry. */
  readonly parent: JsonObject | JsonValue[]
  readonly entry: JsonValue
}

/**
 * Finds an entry by its dotted key: `auths.example\.com.type` has a dot inside a key, `notifications[0].url` an index
 * (spec 19). Undefined where there is none.
 */
export function locate(settings: JsonObject, key: string): Location | undefined {
  const path = settingPath(key)
  let at: { parent: JsonObject | JsonValue[]; entry: JsonValue } = { parent: settings, entry: settings }
  for (const step of path) {
    const next = stepInto(at.entry, step)
    if (!next) return undefined
    at = next
  }
  return path.length === 0 ? undefined : { path, ...at }
}

function stepInto(
  parent: JsonValue,
  step: string | number,
): { parent: JsonObject | JsonValue[]; entry: JsonValue } | undefined {
  if (typeof step === 'number') {
    return Array.isArray(parent) && step < parent.length
      ? { parent, entry: parent[step] as JsonValue }
      : undefined
  }
  if (!isObject(parent) || !Object.hasOwn(parent, step)) return undefined
  return { parent: parent as JsonObject, entry: parent[step] as JsonValue }
}

/** The steps of a dotted key. A backslash takes away the meaning of a dot, a bracket or a backslash behind it. */
export function settingPath(key: string): (string | number)[] {
  return splitAtDots(key).flatMap(stepsOf)
}

const token = /\\[.[\]\\]|[^.]/gs

function splitAtDots(key: string): string[] {
  const segments = ['']
  let end = 0
  for (const { 0: text, index } of key.matchAll(token)) {
    if (index > end) segments.push(...Array<string>(index - end).fill(''))
    segments[segments.length - 1] += text
    end = index + text.length
  }
  return key.length > end ? [...segments, ...Array<string>(key.length - end).fill('')] : segments
}

function stepsOf(segment: string): (string | number)[] {
  const indexes = segment.match(/(?:(?<!\\)\[\d+\])+$/)?.[0] ?? ''
  const name = segment.slice(0, segment.length - indexes.length).replace(/\\([.[\]\\])/g, '$1')
  return [name, ...[...indexes.matchAll(/\d+/g)].map(Number)]
}
