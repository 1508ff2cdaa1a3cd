import type { ClusterPartition, ClusterReplica, ClusterService, ClusterSnapshot } from '@squall/contract'
import { namesOf } from './cluster-health.ts'

/** Why a cluster is not stable enough for faults: checks 2 to 4 of a validation (3.3). Empty when it is. */
export function instability(snapshot: ClusterSnapshot): readonly string[] {
  const services = new Map(snapshot.services.map((service) => [service.name, service]))
  const unwell = snapshot.services.filter(({ health }) => health !== 'Ok')
  const lost = snapshot.partitions.filter(({ status }) => status === 'InQuorumLoss')
  const building = snapshot.replicas.filter(({ status }) => status === 'InBuild')
  return [
    ...unwell.slice(0, 5).map(({ name, health }) => `service ${name} has health ${health}`),
    ...(lost.length > 0 ? [`in quorum loss: ${namesOf(lost.map(({ id }) => id))}`] : []),
    ...unreadyPartitions(snapshot, services).slice(0, 5),
    ...(building.length > 0 ? [`in build: ${building.length} replicas`] : []),
  ]
}

function unreadyPartitions(
  snapshot: ClusterSnapshot,
  services: ReadonlyMap<string, ClusterService>,
): readonly string[] {
  const upNodes = snapshot.nodes.filter(({ isUp }) => isUp).length
  const readyOf = readyReplicas(snapshot, services)
  return snapshot.partitions.flatMap((partition) => {
    const { id, service, status } = partition
    if (status !== 'Ready')
      return status === 'InQuorumLoss' ? [] : [`partition ${id} of ${service} is ${status}`]
    const needed = neededReplicas(partition, services.get(service), upNodes)
    const ready = readyOf.get(id) ?? 0
    return ready < needed ? [`partition ${id} of ${service} has ${ready} ready replicas of ${needed}`] : []
  })
}

function readyReplicas(
  { partitions, replicas }: ClusterSnapshot,
  services: ReadonlyMap<string, ClusterService>,
): ReadonlyMap<string, number> {
  const stateful = new Set(
    partitions.filter(({ service }) => services.get(service)?.kind === 'stateful').map(({ id }) => id),
  )
  const counts = new Map<string, number>()
  for (const replica of replicas) {
    if (replica.status !== 'Ready' || (stateful.has(replica.partition) && !isServing(replica))) continue
    counts.set(replica.partition, (counts.get(replica.partition) ?? 0) + 1)
  }
  return counts
}

function isServing({ role }: ClusterReplica): boolean {
  return role === 'Primary' || role === 'ActiveSecondary'
}

/** -1 means one on every node that is up, unless placement constraints rule some nodes out. */
function neededReplicas(
  { targetSize }: ClusterPartition,
  service: ClusterService | undefined,
  upNodes: number,
): number {
  if (targetSize >= 0) return Math.min(targetSize, upNodes)
  return service?.hasPlacementConstraints ? 0 : upNodes
}
