import { defineUndo } from '@squall/contract'
import { z } from 'zod'
import { readClusterFile } from '../cluster-file.ts'
import { stopEtcdCluster } from '../host/start-etcd-cluster.ts'

export const stopCluster = defineUndo({
  summary: 'Ends all members of the cluster that was started and removes its data.',
  args: z.strictObject({ cluster: z.string().describe('The file that describes the cluster.') }),
  run: async ({ cluster }) => {
    if (!(await readClusterFile(cluster))) return 'not needed'
    await stopEtcdCluster(cluster)
    return 'undone'
  },
})
