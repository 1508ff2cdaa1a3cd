import { parametersIssues } from '@squall/chaos'
import { z } from 'zod'

const figure = z.union([z.number(), z.string()]).optional()

const wire = z.strictObject({
  TimeToRunInSeconds: figure.describe('How long the run lasts. Default: until it is stopped.'),
  MaxClusterStabilizationTimeoutInSeconds: figure.describe(
    'How long the cluster may take to be well. Default 60.',
  ),
  MaxConcurrentFaults: figure.describe('Faults of one iteration at most. Default 1.'),
  EnableMoveReplicaFaults: z.boolean().optional().describe('Whether replicas are moved. Default true.'),
  WaitTimeBetweenFaultsInSeconds: figure.describe('Each fault waits a random part of it. Default 20.'),
  WaitTimeBetweenIterationsInSeconds: figure.describe('Default 30.'),
  ClusterHealthPolicy: z.looseObject({}).optional().describe('What counts as an unhealthy cluster.'),
  Context: z.looseObject({}).optional().describe('`{"Map": {...}}`: kept with the run and shown with it.'),
  ChaosTargetFilter: z
    .looseObject({})
    .optional()
    .describe('`NodeTypeInclusionList` and `ApplicationInclusionList`: what may be faulted.'),
})

/** ChaosParameters in the words of the wire format, with its limits (2.1 to 2.4). */
export const parametersArgument = wire
  .superRefine((given, { addIssue }) => {
    for (const issue of parametersIssues(given))
      addIssue({ code: 'custom', path: [...issue.path], message: issue.message })
  })
  .prefault({})
  .describe('ChaosParameters as in the REST API.')
