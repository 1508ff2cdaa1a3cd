import { defineAction } from '@squall/contract'
import { z } from 'zod'
import { atCluster } from '../at-cluster.ts'
import { clusterArguments, settingsOf } from '../cluster-settings.ts'

export const stopChaos = defineAction({
  summary: 'Stops Chaos and its schedule in a Service Fabric cluster, whoever started it.',
  args: z.strictObject(clusterArguments),
  targets: async (args, context) => [
    `Chaos in the Service Fabric cluster ${settingsOf(args, context).endpoint}`,
  ],
  run: (args, context) =>
    atCluster(settingsOf(args, context), context.signal, async (client) => {
      await client.stop()
      return {}
    }),
})
