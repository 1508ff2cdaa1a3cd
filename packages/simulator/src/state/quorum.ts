import type { SimPartition, SimReplica, World } from './world.ts'

/** Copies a write needs, of the target size (5.1). */
export function writeQuorum({ service, targetSize }: SimPartition): number {
  return service.kind === 'stateful' ? Math.floor(targetSize / 2) + 1 : 0
}

export function servingCount(partition: SimPartition): number {
  let count = 0
  for (const replica of partition.replicas) if (replica.status === 'Ready') count += 1
  return count
}

export function primaryOf(partition: SimPartition): SimReplica | undefined {
  for (const replica of partition.replicas) if (replica.role === 'Primary') return replica
  return undefined
}

/** Copies that have the acknowledged writes, those that are down included. */
export function stateHolders(partition: SimPartition): number {
  let count = 0
  for (const replica of partition.replicas) if (replica.holdsState) count += 1
  return count
}

/** Notes when a partition comes into quorum loss, and forgets it when it is out again. */
export function watchQuorum(world: World, partition: SimPartition): void {
  const serving = servingCount(partition)
  const isLost = serving < writeQuorum(partition)
  if (isLost && !partition.inQuorumLoss) {
    report(world, partition, 'quorum-loss', `${serving} of ${partition.targetSize} replicas are Ready`)
  }
  partition.inQuorumLoss = isLost
}

/**
 * Notes when a copy that is about to go for good leaves so few that an acknowledged write may be on none: a write is
 * on a quorum of copies at least, so it is safe as long as fewer copies than that are gone.
 */
export function watchState(world: World, leaving: SimReplica): void {
  const { partition } = leaving
  if (partition.service.kind === 'stateless' || !leaving.holdsState) return
  const left = stateHolders(partition) - 1
  if (left > partition.targetSize - writeQuorum(partition)) return
  report(world, partition, 'data-loss', `${left} of ${partition.targetSize} copies of its state are left`)
}

function report(
  world: World,
  { id, service }: SimPartition,
  kind: 'quorum-loss' | 'data-loss',
  detail: string,
): void {
  world.violations.push({ kind, at: world.now, service: service.name, partition: id, detail })
}
