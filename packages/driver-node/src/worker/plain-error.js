// Errors on their way between threads, where everything but name, message and stack of an error would be lost.

/** @typedef {import('../worker-messages.ts').PlainError} PlainError */

/**
 * @param {unknown} error
 * @returns {PlainError}
 */
export function plainError(error) {
  if (!(error instanceof Error)) return { thrown: String(error) }
  const { name, message, stack, code, hint, cause } =
    /** @type {Error & { code?: unknown, hint?: unknown }} */ (error)
  return {
    name,
    message,
    stack,
    code: typeof code === 'string' ? code : undefined,
    hint: typeof hint === 'string' ? hint : undefined,
    cause: cause === undefined ? undefined : plainError(cause),
  }
}

/**
 * @param {PlainError} plain
 * @returns {unknown}
 */
export function errorFromPlain(plain) {
  if ('thrown' in plain) return plain.thrown
  const { name, message, stack, code, hint, cause } = plain
  const error =
    cause === undefined ? new Error(message) : new Error(message, { cause: errorFromPlain(cause) })
  return Object.assign(error, { name, stack, ...(code && { code }), ...(hint && { hint }) })
}
