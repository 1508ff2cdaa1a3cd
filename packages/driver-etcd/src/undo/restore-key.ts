import { defineUndo } from '@squall/contract'
import { z } from 'zod'
import { askedUrl } from '../activities/at-cluster.ts'
import { lookAt } from '../look/cluster-look.ts'
import { onCluster } from './undo-work.ts'

export const restoreKey = defineUndo({
  summary: 'Gives the key its old value, or removes it, unless somebody has changed it since.',
  args: z.strictObject({
    cluster: z.string().describe('The file that describes the cluster.'),
    key: z.string(),
    before: z.string().nullable(),
    written: z.string(),
  }),
  run: ({ cluster: file, key, before, written }, context) =>
    onCluster(file, context, async ({ cluster, client, signal }) => {
      const url = askedUrl(await lookAt(cluster, client, signal))
      const isOurs = (await client.get(url, key, signal)) === written
      if (!isOurs || before === written) return false
      if (before === null) await client.delete(url, key, signal)
      if (before !== null) await client.put(url, key, before, signal)
      return true
    }),
})
