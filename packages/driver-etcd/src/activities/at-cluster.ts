import path from 'node:path'
import { type ActivityContext, ActivityFailed, isSquallError } from '@squall/contract'
import { openClusterFile } from '../cluster-file.ts'
import { EtcdRefusal, EtcdSilent, WaitedTooLong } from '../etcd-error.ts'
import { EtcdClient } from '../host/etcd-client.ts'
import { type ClusterLook, type HostLook, isServing, lookAt } from '../look/cluster-look.ts'
import type { Workshop } from '../membership.ts'

/** What an activity works with. */
export interface Visit extends Workshop {
  look(): Promise<ClusterLook>
}

/** Opens the cluster that is meant, and closes its connections again. What etcd refuses fails the activity. */
export async function atCluster<Result>(
  { cluster: file }: { readonly cluster: string },
  { directory, clock, signal }: ActivityContext,
  work: (visit: Visit) => Promise<Result>,
): Promise<Result> {
  const client = new EtcdClient()
  try {
    const cluster = await openClusterFile(path.resolve(directory, file))
    const look = () => lookAt(cluster, client, signal)
    return await work({ cluster, client, clock, signal, look })
  } catch (error) {
    throw isOfEtcd(error) ? new ActivityFailed(error.message, { cause: error }) : error
  } finally {
    await client.close()
  }
}

function isOfEtcd(error: unknown): error is Error {
  if (isSquallError(error)) return error.code === 'SQUALL_CLUSTER_UNREADABLE'
  return error instanceof EtcdRefusal || error instanceof EtcdSilent || error instanceof WaitedTooLong
}

/** Who takes part, the leader first. */
export function servingHosts({ hosts, leader }: ClusterLook): HostLook[] {
  const serving = hosts.filter((host) => isServing(host, leader))
  return serving.toSorted((one, other) => Number(other === leader) - Number(one === leader))
}

/** The address of one that takes part, the leader's by preference. */
export function askedUrl(look: ClusterLook): string {
  const [asked] = servingHosts(look)
  if (asked) return asked.host.clientUrl
  throw new ActivityFailed('No member of the cluster takes part.')
}
