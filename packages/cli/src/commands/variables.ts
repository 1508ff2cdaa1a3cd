import { type JsonObject, type JsonValue, objectOfEntries, SquallError } from '@squall/contract'
import { convertType, type Overrides } from '@squall/core'
import type { CommandContext } from './command-context.ts'
import { merged } from './merged.ts'

export interface VariableOptions {
  readonly var: readonly string[]
  readonly varFile: readonly string[]
}

/**
 * The values that `--var` and `--var-file` give: later files win over earlier ones and `--var` over all files (spec
 * 3.5). Rejects with `SQUALL_USAGE`, or `SQUALL_VAR_FILE` for a file that makes no sense.
 */
export async function readOverrides(
  options: VariableOptions,
  context: CommandContext,
): Promise<Required<Overrides>> {
  const given = parseVariables(options.var)
  if (options.varFile.length === 0) return { configuration: given, secrets: {} }
  const { readVariableFiles } = await import('./variable-files.ts')
  const { configuration, secrets } = await readVariableFiles(options.varFile, context)
  return { configuration: merged([configuration, given]), secrets }
}

/**
 * Reads `--var NAME[:TYPE]=VALUE` options: split at the first `=`, the type after the last `:` of the name (spec 3.5).
 * Throws `SQUALL_USAGE`.
 */
export function parseVariables(texts: readonly string[]): JsonObject {
  return objectOfEntries(texts.map(parseVariable))
}

function parseVariable(text: string): [string, JsonValue] {
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
