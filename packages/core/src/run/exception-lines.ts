import { isSquallError } from '@squall/contract'

/**
 * Writes an error and its causes as the journal keeps them: text chunks, deepest cause first, the last one naming the
 * error itself. Foreign errors keep their stack, so that the author of a function can find the line.
 */
export function exceptionLines(error: unknown): string[] {
  const chain: unknown[] = []
  for (let current = error; current !== undefined && chain.length < 10; current = causeOf(current))
    chain.unshift(current)
  return chain.map((item, index) => `${index > 0 ? 'which led to: ' : ''}${describe(item)}\n`)
}

function causeOf(error: unknown): unknown {
  return error instanceof Error ? error.cause : undefined
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (isSquallError(error)) return `${error.name}: ${error.message}`
  return error.stack ?? `${error.name}: ${error.message}`
}

/** The message of an error and of what caused it, in one line. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.message.replace(/\s+/g, ' ').replace(/\.$/, '')
}
