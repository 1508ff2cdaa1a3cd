/** A value as a word for a message or a lookup: texts as they are, anything else as JSON. Never throws. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value
  try {
    // Not String(value), which would call a `toString` that came out of a file.
    return JSON.stringify(value) ?? String(value)
  } catch {
    // What JSON cannot hold is named by its type alone.
    return `(${typeof value})`
  }
}
