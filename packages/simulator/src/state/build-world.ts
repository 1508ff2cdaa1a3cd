import { createHash } from 'node:crypto'
import type { Latencies } from '../latencies.ts'
import { fullName, nodesOf, type Topology, type TopologyService } from '../topology/topology.ts'
import { hasReplicaOn, placeFor } from './placement.ts'
import { addReplica } from './replicas.ts'
import { type SimApplication, type SimNode, type SimPartition, type SimService, World } from './world.ts'

export interface WorldOptions {
  readonly topology: Topology
  readonly latencies: Latencies
  readonly seed: string
  readonly now: number
}

/** The cluster in its first state: everything up, every replica Ready. */
export function buildWorld({ topology, latencies, seed, now }: WorldOptions): World {
  const nodes = nodesOf(topology).toSorted((a, b) => (a.name < b.name ? -1 : 1))
  const world = new World(now, latencies, hashOf(seed).readUInt32BE(0) % nodes.length)
  for (const [index, node] of nodes.entries()) {
    const instance = world.nextId()
    world.nodes.push({ ...node, index, instance, isUp: true, replicas: new Set(), packages: new Map() })
  }
  const byName = new Map(world.nodes.map((node) => [node.name, node]))
  for (const written of topology.applications) {
    const { name, isSystem, type = `${name.replace('fabric:/', '')}Type` } = written
    const application: SimApplication = { name, type, isSystem, isUpgrading: false, services: [] }
    world.applications.push(application)
    for (const service of written.services) addService(world, application, service, { seed, byName })
  }
  return world
}

interface Places {
  readonly seed: string
  readonly byName: ReadonlyMap<string, SimNode>
}

function addService(
  world: World,
  application: SimApplication,
  written: TopologyService,
  places: Places,
): void {
  const name = fullName(application.name, written.name)
  const service: SimService = {
    name,
    application,
    kind: written.kind,
    persisted: written.kind === 'stateful' && written.persisted,
    nodeTypes: written.nodeTypes && new Set(written.nodeTypes),
    manifest: written.manifest ?? `${name.split('/').at(-1)}Pkg`,
    codePackage: written.codePackage,
    partitions: [],
  }
  application.services.push(service)
  const { partitions } = written
  const listed = typeof partitions === 'number' ? Array.from({ length: partitions }, () => ({})) : partitions
  for (const [index, partition] of listed.entries())
    addPartition(world, service, written, { index, partition, places })
}

function addPartition(
  world: World,
  service: SimService,
  { targetSize, minSize }: TopologyService,
  given: { index: number; partition: { id?: string | undefined; on?: string[] | undefined }; places: Places },
): void {
  const { partition: written, places, index } = given
  const partition: SimPartition = {
    id: written.id ?? guidOf(`${places.seed} ${service.name} ${index}`),
    service,
    targetSize,
    minSize: minSize ?? Math.max(1, service.kind === 'stateful' ? Math.floor(targetSize / 2) + 1 : 1),
    replicas: new Set(),
    inQuorumLoss: false,
    electionDue: false,
    placementDue: false,
  }
  service.partitions.push(partition)
  world.partitions.set(partition.id, partition)
  for (const name of written.on ?? []) addReady(world, partition, places.byName.get(name))
  const size = targetSize === -1 ? world.nodes.length : targetSize
  while (partition.replicas.size < size && addReady(world, partition, placeFor(world, partition)));
}

function addReady(world: World, partition: SimPartition, node: SimNode | undefined): boolean {
  if (!node || hasReplicaOn(partition, node)) return false
  const isFirst = partition.replicas.size === 0
  const replica = addReplica(world, partition, node)
  replica.status = 'Ready'
  replica.holdsState = true
  if (partition.service.kind === 'stateful') replica.role = isFirst ? 'Primary' : 'ActiveSecondary'
  return true
}

/** A GUID that depends on nothing but the text. */
function guidOf(text: string): string {
  const hex = hashOf(text).toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    '-',
  )
}

function hashOf(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
