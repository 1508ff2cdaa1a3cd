import type { ClusterPartition, ClusterReplica, ClusterService, ClusterSnapshot } from '@squall/contract'
import { checkTopology } from './parse-topology.ts'
import type { Topology } from './topology.ts'

/**
 * A topology with the nodes, applications and places of a snapshot: its twin for a rehearsal. What a snapshot does not
 * tell is left open: any node may host anything, and latencies are the defaults.
 */
export function twinOf(snapshot: ClusterSnapshot): Topology {
  return checkTopology({
    nodes: snapshot.nodes.map(({ name, type, isSeed }) => ({ name, type, isSeed })),
    applications: snapshot.applications.map(({ name, type, isSystem }) => ({
      name,
      type,
      isSystem,
      services: snapshot.services
        .filter(({ application }) => application === name)
        .flatMap((service) => twinService(service, snapshot)),
    })),
  })
}

function twinService(service: ClusterService, snapshot: ClusterSnapshot) {
  const partitions = snapshot.partitions.filter(({ service: of }) => of === service.name)
  const [first] = partitions
  if (!first) return []
  return [
    {
      name: service.name,
      kind: service.kind,
      persisted: service.hasPersistedState,
      targetSize: Math.min(first.targetSize, snapshot.nodes.length),
      partitions: partitions.map(({ id }) => ({ id, on: placesOf(id, first, snapshot.replicas) })),
    },
  ]
}

function placesOf(
  id: string,
  { targetSize }: ClusterPartition,
  replicas: readonly ClusterReplica[],
): string[] {
  const ofIt = replicas.filter(({ partition, status }) => partition === id && status !== 'Dropped')
  const places = ofIt
    .toSorted((a, b) => Number(b.role === 'Primary') - Number(a.role === 'Primary'))
    .map(({ node }) => node)
  return targetSize === -1 ? places : places.slice(0, targetSize)
}
