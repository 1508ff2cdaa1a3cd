import { isObject, type JsonObject, type JsonValue } from '@squall/contract'

/** A number that JSON has not: where it is, and what Python calls it. */
export type OddNumber = readonly [path: readonly (string | number)[], name: 'nan' | 'inf' | '-inf']

const numbers = { nan: Number.NaN, inf: Number.POSITIVE_INFINITY, '-inf': Number.NEGATIVE_INFINITY }

/** Writes a message for Python, which also reads numbers that JSON has not: NaN, Infinity. */
export function wireText(message: JsonObject): string {
  const text = JSON.stringify(message)
  // An odd number has become null, so without one there is nothing to mend.
  return text.includes('null') && hasOddNumber(message) ? oddText(message) : text
}

function hasOddNumber(value: JsonValue | undefined): boolean {
  if (typeof value === 'number') return !Number.isFinite(value)
  return typeof value === 'object' && value !== null && Object.values(value).some(hasOddNumber)
}

function oddText(value: JsonValue): string {
  if (typeof value === 'number') return String(value)
  if (Array.isArray(value)) return `[${value.map(oddText).join(',')}]`
  if (!isObject(value)) return JSON.stringify(value)
  const entries = Object.entries(value).filter(([, item]) => item !== undefined)
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${oddText(item as JsonValue)}`).join(',')}}`
}

/** Puts numbers that JSON has not in their places. */
export function withOddNumbers(value: JsonValue, odd: readonly OddNumber[]): JsonValue {
  const root = { value }
  for (const [path, name] of odd) {
    const way = ['value', ...path]
    const parent = way.slice(0, -1).reduce<JsonValue>((at, key) => (at as JsonObject)[key] ?? null, root)
    ;(parent as JsonObject)[way.at(-1) ?? 'value'] = numbers[name]
  }
  return root.value
}
