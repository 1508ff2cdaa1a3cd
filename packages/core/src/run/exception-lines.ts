import { hasCode, isSquallError } from '@squall/contract'
import { textOf } from '../configuration/text-of.ts'

/**
 * Writes an error and its causes as the journal keeps them: text chunks, deepest cause first, the last one naming the
 * error itself. Foreign errors keep their stack, so that the author of a function can find the line.
 */
export function exceptionLines(error: unknown): string[] {
  const trace = traceOf(error)
  if (trace) return trace
  const chain: unknown[] = []
  for (let current = error; current !== undefined && chain.length < 10; current = causeOf(current))
    chain.unshift(current)
  return chain.flatMap((item, index) => [...(index > 0 ? ['which led to:\n'] : []), `${describe(item)}\n`])
}

/** The lines that an activity's own language has for what failed. */
function traceOf(error: unknown): string[] | undefined {
  const trace = hasCode(error, 'SQUALL_ACTIVITY_FAILED') ? (error as { trace?: unknown }).trace : undefined
  return Array.isArray(trace) && trace.length > 0 ? trace.map((line) => textOf(line)) : undefined
}

function causeOf(error: unknown): unknown {
  return error instanceof Error ? error.cause : undefined
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return textOf(error)
  if (isSquallError(error) || typeof error.stack !== 'string')
    return `${error.name}: ${textOf(error.message)}`
  return error.stack
}

/** The message of an error in one line, without its full stop, to be put into a sentence. */
export function reasonOf(error: unknown): string {
  const message = textOf(error instanceof Error ? error.message : error)
  return message.replace(/\s+/g, ' ').replace(/\.$/, '')
}
