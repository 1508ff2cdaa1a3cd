import { defineProbe } from '@squall/contract'
import { z } from 'zod'
import { atCluster } from '../at-cluster.ts'
import { clusterArguments, settingsOf } from '../cluster-settings.ts'

export const chaosStatus = defineProbe({
  summary: 'Tells whether Chaos is running in a Service Fabric cluster, and with which parameters.',
  args: z.strictObject(clusterArguments),
  run: (args, context) =>
    atCluster(settingsOf(args, context), context.signal, async (client) => ({ ...(await client.status()) })),
})
