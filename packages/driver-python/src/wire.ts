import { isObject, type JsonValue } from '@squall/contract'

/** In texts from Python it stands for a number that JSON has not: `{MARK: "nan"}`. */
const mark = '\u0000number'

const fromMark: Readonly<Record<string, number>> = {
  nan: Number.NaN,
  inf: Number.POSITIVE_INFINITY,
  '-inf': Number.NEGATIVE_INFINITY,
}

/** Python reads these, JSON has no word for them. */
const oddNumbers: Readonly<Record<string, string>> = {
  NaN: 'NaN',
  Infinity: 'Infinity',
  '-Infinity': '-Infinity',
}

/** Writes a message for Python, with numbers that JSON has not. */
export function wireText(message: unknown): string {
  const text = JSON.stringify(message)
  // An odd number would have become null, so without one there is nothing to mend.
  if (!text.includes('null')) return text
  const marked = JSON.stringify(message, (_key, value: unknown) =>
    typeof value === 'number' && !Number.isFinite(value) ? `${mark}${value}` : value,
  )
  return marked.replace(
    /"\\u0000number(NaN|-?Infinity)"/g,
    (_whole, name: string) => oddNumbers[name] ?? name,
  )
}

/** Puts numbers that JSON has not where marks stand for them. */
export function withOddNumbers(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(withOddNumbers)
  if (!isObject(value)) return value
  const name = value[mark]
  if (typeof name === 'string') return fromMark[name] ?? Number.NaN
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, withOddNumbers(item as JsonValue)]),
  )
}
