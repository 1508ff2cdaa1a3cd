import { type JsonObject, SquallError } from '@squall/contract'
import { convertType } from '@squall/core'

/**
 * Reads `--var NAME[:TYPE]=VALUE` options: split at the first `=`, the type after the last `:` of the name (spec 3.5).
 * Throws `SQUALL_USAGE`.
 */
export function parseVariables(texts: readonly string[]): JsonObject {
  return Object.fromEntries(texts.map(parseVariable))
}

function parseVariable(text: string): [string, JsonObject[string]] {
  const equals = text.indexOf('=')
  if (equals < 1)
    throw new SquallError('SQUALL_USAGE', { reason: `--var '${text}' has no '='; write --var NAME=VALUE.` })
  const declared = text.slice(0, equals)
  const value = text.slice(equals + 1)
  const colon = declared.lastIndexOf(':')
  if (colon === -1) return [declared, value]
  const name = declared.slice(0, colon)
  try {
    return [name, convertType(name, value, declared.slice(colon + 1))]
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new SquallError('SQUALL_USAGE', { reason: `--var '${text}': ${reason}` }, { cause })
  }
}
