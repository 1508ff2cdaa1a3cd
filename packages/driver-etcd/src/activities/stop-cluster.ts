import path from 'node:path'
import { ActivityFailed, defineAction } from '@squall/contract'
import { z } from 'zod'
import { clusterArgument } from '../cluster-argument.ts'
import { readClusterFile } from '../cluster-file.ts'
import { stopEtcdCluster } from '../host/start-etcd-cluster.ts'

export const stopClusterAction = defineAction({
  summary: 'Ends all members of a cluster and removes its data and its file.',
  args: z.strictObject({ cluster: clusterArgument }),
  result: z.literal(true),
  targets: async ({ cluster }, { directory }) => [`etcd cluster ${path.resolve(directory, cluster)}`],
  run: async ({ cluster }, { directory, signal }) => {
    const file = path.resolve(directory, cluster)
    signal.throwIfAborted()
    if (!(await readClusterFile(file))) throw new ActivityFailed(`There is no cluster '${file}'.`)
    await stopEtcdCluster(file)
    return true as const
  },
})
