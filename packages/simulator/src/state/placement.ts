import type { SimNode, SimPartition, SimService, World } from './world.ts'

export function mayHost(service: SimService, node: SimNode): boolean {
  return service.nodeTypes === undefined || service.nodeTypes.has(node.type)
}

export function hasReplicaOn(partition: SimPartition, node: SimNode): boolean {
  for (const replica of partition.replicas) if (replica.node === node) return true
  return false
}

/** The least loaded of the next few nodes that may have a replica of the partition; undefined when there is none. */
export function placeFor(world: World, partition: SimPartition): SimNode | undefined {
  const { nodes } = world
  const found: SimNode[] = []
  let at = world.cursor
  for (let looked = 0; looked < nodes.length && found.length < 4; looked += 1) {
    at = (at + 1) % nodes.length
    const node = nodes[at] as SimNode
    if (node.isUp && mayHost(partition.service, node) && !hasReplicaOn(partition, node)) found.push(node)
  }
  const [first, ...others] = found
  if (!first) return undefined
  const place = others.reduce((best, node) => (node.replicas.size < best.replicas.size ? node : best), first)
  world.cursor = place.index
  return place
}
