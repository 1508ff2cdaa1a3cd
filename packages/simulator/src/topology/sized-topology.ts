import { type Topology, topologySchema } from './topology.ts'

const replicasOfPartition = 5
const partitionsOfApplication = 100

/**
 * A topology of so many nodes and, rounded up to whole partitions, replicas: for measuring. Each partition has five
 * replicas, or as many as there are nodes; a hundred make an application.
 */
export function sizedTopology({ nodes, replicas }: { nodes: number; replicas: number }): Topology {
  const targetSize = Math.min(replicasOfPartition, nodes)
  const partitions = Math.ceil(replicas / targetSize)
  const applications = Array.from({ length: Math.ceil(partitions / partitionsOfApplication) }, (_, n) => ({
    name: `fabric:/App${n}`,
    services: [
      {
        name: 'Store',
        kind: 'stateful' as const,
        targetSize,
        partitions: Math.min(partitionsOfApplication, partitions - n * partitionsOfApplication),
      },
    ],
  }))
  const seeds = Math.min(9, nodes)
  return topologySchema.parse({
    nodes: [{ prefix: 'Node', type: 'NodeType', count: nodes, seeds }],
    applications,
  })
}
