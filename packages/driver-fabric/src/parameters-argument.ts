import { readChaosParameters } from '@squall/chaos'
import { isSquallError } from '@squall/contract'
import { z } from 'zod'

/** ChaosParameters in the words of the REST API. What is not known here may be known to a newer cluster. */
export const parametersArgument = z
  .looseObject({})
  .superRefine((given, { addIssue }) => {
    try {
      readChaosParameters(given)
    } catch (error) {
      if (!isSquallError(error)) throw error
      const at = Object.keys(given).filter((name) => error.message.startsWith(name))
      addIssue({ code: 'custom', path: at, message: error.message })
    }
  })
  .describe('ChaosParameters as in the REST API, such as `{"TimeToRunInSeconds": "600"}`.')
