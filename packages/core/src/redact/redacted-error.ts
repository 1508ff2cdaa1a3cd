const texts = ['message', 'stack', 'hint'] as const

/** A copy of an error, of its causes and of what it tells, with each text rewritten; the error itself where none changes. */
export function redactedError(error: unknown, rewrite: (text: string) => string): unknown {
  if (typeof error === 'string') return rewrite(error)
  if (!(error instanceof Error)) return error
  const changed: Record<string, unknown> = {}
  for (const key of texts) {
    const text = (error as unknown as Record<string, unknown>)[key]
    if (typeof text === 'string' && rewrite(text) !== text) changed[key] = rewrite(text)
  }
  const cause = redactedError(error.cause, rewrite)
  if (cause !== error.cause) changed['cause'] = cause
  if (Object.keys(changed).length === 0) return error
  return copyWith(error, changed)
}

/** What made the message, such as the fields of an error of ours, is left out of the copy: it holds the value too. */
function copyWith(error: Error, changed: Readonly<Record<string, unknown>>): Error {
  const { fields: _fields, ...kept } = Object.getOwnPropertyDescriptors(error) as Record<
    string,
    PropertyDescriptor
  >
  const copy = Object.create(Object.getPrototypeOf(error), kept) as Error
  for (const [key, value] of Object.entries(changed)) {
    Object.defineProperty(copy, key, { value, configurable: true, writable: true })
  }
  return copy
}
