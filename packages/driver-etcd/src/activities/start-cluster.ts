import path from 'node:path'
import { ActivityFailed, defineAction } from '@squall/contract'
import { z } from 'zod'
import { clusterFileName, readClusterFile } from '../cluster-file.ts'
import { startEtcdCluster } from '../host/start-etcd-cluster.ts'

export const startCluster = defineAction({
  summary: 'Starts a cluster of etcd processes on this machine; done once all members take part.',
  args: z.strictObject({
    directory: z.string().min(1).default('etcd').describe('Its folder: `cluster.json`, data and logs.'),
    size: z.int().min(1).max(9).default(5).describe('How many members.'),
    spares: z.int().min(0).max(9).default(1).describe('Hosts without a member, to which members can move.'),
    base_port: z.int().min(1).max(65_000).default(23_790).describe('Port of the first host; each has ten.'),
  }),
  result: z.object({ cluster: z.string(), endpoints: z.array(z.string()) }),
  undoneBy: ['stop_cluster'],
  targets: async ({ directory, size, base_port }, context) => [
    `${size} etcd members from port ${base_port} on, in ${path.resolve(context.directory, directory)}`,
  ],
  run: async ({ directory: folder, size, spares, base_port: basePort }, context) => {
    const directory = path.resolve(context.directory, folder)
    const cluster = path.join(directory, clusterFileName)
    if (await readClusterFile(cluster)) {
      const hint = 'Stop it first, or choose another folder.'
      throw new ActivityFailed(`There is a cluster in '${directory}' already.`, { hint })
    }
    await context.undo('stop_cluster', { cluster })
    const { clientUrls } = await startEtcdCluster({
      directory,
      size,
      spares,
      basePort,
      signal: context.signal,
    })
    context.log.info(`${size} etcd members answer`, { cluster })
    return { cluster, endpoints: [...clientUrls] }
  },
})
