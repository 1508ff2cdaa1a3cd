import type { UndoContext } from '@squall/contract'
import { type ClusterFile, readClusterFile } from '../cluster-file.ts'
import { EtcdClient } from '../host/etcd-client.ts'
import type { Workshop } from '../membership.ts'

/**
 * Works on a cluster, if there still is one: its file goes when the cluster is taken down, and then nothing needs to be
 * put back.
 */
export async function onCluster(
  file: string,
  { clock, signal }: UndoContext,
  work: (shop: Workshop) => Promise<boolean>,
): Promise<'undone' | 'not needed'> {
  const cluster: ClusterFile | undefined = await readClusterFile(file)
  if (!cluster) return 'not needed'
  const client = new EtcdClient()
  try {
    return (await work({ cluster, client, clock, signal })) ? 'undone' : 'not needed'
  } finally {
    await client.close()
  }
}
