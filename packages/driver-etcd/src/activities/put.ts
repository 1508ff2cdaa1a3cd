import path from 'node:path'
import { defineAction } from '@squall/contract'
import { z } from 'zod'
import { clusterArgument } from '../cluster-argument.ts'
import { askedUrl, atCluster } from './at-cluster.ts'

export const put = defineAction({
  summary: 'Writes a key; done when the majority has it. The undo gives it its old value again.',
  args: z.strictObject({ key: z.string().min(1), value: z.string(), cluster: clusterArgument }),
  result: z.literal(true),
  undoneBy: ['restore_key'],
  targets: async ({ key, cluster }, { directory }) => [`key ${key} of ${path.resolve(directory, cluster)}`],
  run: (args, context) =>
    atCluster(args, context, async ({ look, cluster, client, signal }) => {
      const url = askedUrl(await look())
      const before = (await client.get(url, args.key, signal)) ?? null
      await context.undo('restore_key', { cluster: cluster.file, key: args.key, before, written: args.value })
      await client.put(url, args.key, args.value, signal)
      return true as const
    }),
})
