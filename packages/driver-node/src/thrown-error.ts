import { inspect } from 'node:util'
import { ActivityFailed, isSquallError } from '@squall/contract'
import type { FunctionName } from './function-problem.ts'

/**
 * Turns what a function threw into a failed activity. Errors of squall are kept as they are: an `ActivityFailed` of
 * the function's own, with its hint, or an undo that could not be recorded.
 */
export function thrownFailure({ module, func }: FunctionName, error: unknown): Error {
  if (isSquallError(error)) return error
  return new ActivityFailed(`'${func}' of '${module}' threw ${thrownText(error)}`, { cause: error })
}

/** What was thrown, as the end of a sentence. */
export function thrownText(error: unknown): string {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : inspect(error, { depth: 2 })
  return /[.!?]$/.test(text) ? text : `${text}.`
}
