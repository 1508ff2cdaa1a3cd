import { parametersIssues } from '@squall/chaos'
import { z } from 'zod'

/** ChaosParameters in the words of the REST API. What is not known here may be known to a newer cluster. */
export const parametersArgument = z
  .looseObject({})
  .superRefine((given, { addIssue }) => {
    for (const issue of parametersIssues(given))
      addIssue({ code: 'custom', path: [...issue.path], message: issue.message })
  })
  .describe('ChaosParameters as in the REST API, such as `{"TimeToRunInSeconds": "600"}`.')
