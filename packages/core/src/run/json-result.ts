import type { JsonValue } from '@squall/contract'

/**
 * Tells what in a result is not JSON, or undefined when all of it is. `undefined` members of objects are left out by
 * JSON and therefore fine.
 */
export function notJson(value: unknown, seen: readonly object[] = []): string | undefined {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return undefined
    case 'number':
      return Number.isFinite(value) ? undefined : String(value)
    case 'object':
      return value === null ? undefined : notJsonObject(value, seen)
    default:
      return `a ${typeof value}`
  }
}

function notJsonObject(value: object, seen: readonly object[]): string | undefined {
  if (seen.includes(value)) return 'an object that contains itself'
  const prototype: unknown = Object.getPrototypeOf(value)
  if (!Array.isArray(value) && prototype !== Object.prototype && prototype !== null) {
    return `a ${value.constructor?.name ?? 'foreign object'}`
  }
  const within = [...seen, value]
  for (const item of Object.values(value)) {
    const wrong = item === undefined && !Array.isArray(value) ? undefined : notJson(item, within)
    if (wrong !== undefined) return wrong
  }
  return undefined
}

/** A result as the journal keeps it: nothing becomes null. */
export function asJson(value: unknown): JsonValue {
  return value === undefined ? null : (value as JsonValue)
}
