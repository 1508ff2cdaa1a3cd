import { isSquallError, type ProviderIssue } from '@squall/contract'
import { readChaosParameters } from './read-chaos-parameters.ts'

/** What is wrong with ChaosParameters of the wire format, in the terms of an argument's schema: nothing, or the first. */
export function parametersIssues(
  given: Readonly<Record<string, unknown>>,
): Pick<ProviderIssue, 'path' | 'message'>[] {
  try {
    readChaosParameters(given)
    return []
  } catch (error) {
    if (!isSquallError(error)) throw error
    // Messages begin with the name of the field.
    return [
      { path: Object.keys(given).filter((name) => error.message.startsWith(name)), message: error.message },
    ]
  }
}
