import { waitUntilHealthy as wait } from '@squall/chaos'
import { ActivityFailed, defineProbe } from '@squall/contract'
import { z } from 'zod'
import { atCluster } from '../at-cluster.ts'
import { clusterArguments, settingsOf } from '../cluster-settings.ts'

export const waitUntilHealthy = defineProbe({
  summary: 'Waits until the health of a Service Fabric cluster is `Ok`.',
  args: z.strictObject({
    limit: z.number().min(0).default(60).describe('Seconds after which it gives up and fails.'),
    allow_warning: z.boolean().default(false).describe('Whether a cluster in `Warning` is well enough.'),
    ...clusterArguments,
  }),
  run: ({ limit: seconds, allow_warning: allowWarning, ...args }, context) =>
    atCluster(settingsOf(args, context), context.signal, async (client) => {
      const found = await wait(client, { seconds, allowWarning }, context)
      if (found.isWell) return { health: found.health, seconds: found.seconds }
      const what = [found.health, ...found.reasons].join('; ')
      throw new ActivityFailed(`The cluster is not well after ${seconds} s: ${what}.`, {
        hint: 'Give it more time with `limit`, or look at its health in Service Fabric Explorer.',
      })
    }),
})
