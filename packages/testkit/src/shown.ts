const longest = 300

/** A value for a person: as JSON, cut to a length that fits a message. */
export function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value)
  return text.length <= longest ? text : `${text.slice(0, longest - 1)}…`
}

/** What an error says, its causes included. */
export function errorText(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause === undefined ? error.message : `${error.message} (${errorText(error.cause)})`
}

/** The place in an input: `ports[0].name`, or `the input as a whole`. */
export function pathText(path: readonly (string | number)[]): string {
  if (path.length === 0) return 'the input as a whole'
  const text = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`)).join('')
  return `'${text.replace(/^\./, '')}'`
}
