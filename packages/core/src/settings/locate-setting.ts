import { isObject, type JsonObject, type JsonValue } from '@squall/contract'

/** Where a setting stands. */
export interface LocatedSetting {
  /** What it is a member or an item of. */
  readonly parent: JsonObject | JsonValue[]
  readonly entry: JsonValue
  /** Its name in `parent`, or the name of the list it is an item of. */
  readonly key: string
  /** Its place in the list; undefined where it is no item of one. */
  readonly index: number | undefined
}

/**
 * Finds a setting by its dotted path (spec 19): a dot inside a key is written `\.`, and `name[0]` is an item of a list.
 * Undefined when there is none.
 */
export function locateSetting(settings: JsonObject, path: string): LocatedSetting | undefined {
  let located: LocatedSetting | undefined
  let current: JsonValue = settings
  for (const part of partsOf(path)) {
    located = step(current, part)
    if (!located) return undefined
    current = located.entry
  }
  return located
}

/** Replaces a setting that is there. Answers whether it was. Changes `settings` in place. */
export function replaceSetting(settings: JsonObject, path: string, value: JsonValue): boolean {
  const located = locateSetting(settings, path)
  if (!located) return false
  const { parent, key, index } = located
  Object.defineProperty(parent, index ?? key, { value, configurable: true, enumerable: true, writable: true })
  return true
}

/** Removes a setting with all that is under it. Answers whether it was there. Changes `settings` in place. */
export function removeSetting(settings: JsonObject, path: string): boolean {
  const located = locateSetting(settings, path)
  if (!located) return false
  const { parent, key, index } = located
  if (Array.isArray(parent)) parent.splice(index ?? 0, 1)
  else delete parent[key]
  return true
}

interface Part {
  readonly key: string
  readonly index: number | undefined
}

function partsOf(path: string): Part[] {
  return path.split(/(?<!\\)\./).map((part) => {
    const match = /^(.*)\[(\d+)\]$/s.exec(part)
    return {
      key: (match?.[1] ?? part).replaceAll('\\', ''),
      index: match ? Number(match[2]) : undefined,
    }
  })
}

function step(current: JsonValue, { key, index }: Part): LocatedSetting | undefined {
  if (!isObject(current) || !Object.hasOwn(current, key)) return undefined
  const entry = current[key] as JsonValue
  if (index === undefined) return { parent: current as JsonObject, entry, key, index }
  if (!Array.isArray(entry) || index >= entry.length) return undefined
  return { parent: entry, entry: entry[index] as JsonValue, key, index }
}
