import type { ClusterApplication, ClusterPartition, ClusterService, ClusterSnapshot } from '@squall/contract'
import {
  type CodePackageEntry,
  couldBeFaultReady,
  type LiveCount,
  type NodeEntry,
  type PartitionEntry,
  type ReplicaEntry,
} from './entries.ts'
import { inFixedOrder } from './fixed-order.ts'

/** A snapshot, linked and in a fixed order, with the flags of one iteration. Changes as faults are chosen. */
export interface ClusterView {
  /** By name. */
  readonly nodes: readonly NodeEntry[]
  /** Those of the nodes that are seed nodes. */
  readonly seeds: readonly NodeEntry[]
  readonly codePackages: readonly CodePackageEntry[]
  readonly partitions: readonly PartitionEntry[]
  readonly replicas: readonly ReplicaEntry[]
}

export interface ViewOptions {
  /** Whether system applications are targets too (4.7). */
  readonly faultsSystemServices: boolean
}

/** Links a snapshot that is consistent. No entity has a flag yet. Throws a `TypeError` where something is missing. */
export function viewOf(snapshot: ClusterSnapshot, { faultsSystemServices }: ViewOptions): ClusterView {
  const applications = new Map(
    snapshot.applications
      .filter(({ isSystem }) => faultsSystemServices || !isSystem)
      .map((application) => [application.name, application]),
  )
  const nodes = nodeEntries(snapshot)
  const nodeOf = new Map(nodes.map((entry) => [entry.node.name, entry]))
  const partitions = partitionEntries(snapshot, applications)
  const partitionOf = new Map(partitions.map((entry) => [entry.partition.id, entry]))
  const known = { nodeOf, partitionOf, applications }
  const replicas = replicaEntries(snapshot, known)
  const seeds = nodes.filter(({ node }) => node.isSeed)
  return { nodes, seeds, partitions, replicas, codePackages: codePackageEntries(snapshot, known) }
}

interface Known {
  readonly nodeOf: ReadonlyMap<string, NodeEntry>
  readonly partitionOf: ReadonlyMap<string, PartitionEntry>
  readonly applications: ReadonlyMap<string, ClusterApplication>
}

function nodeEntries(snapshot: ClusterSnapshot): readonly NodeEntry[] {
  const up = snapshot.nodes.filter(({ isUp }) => isUp)
  const live: LiveCount = { nodes: up.length, seeds: up.filter(({ isSeed }) => isSeed).length }
  return inFixedOrder(snapshot.nodes, ({ name }) => name).map((node) => ({
    of: 'node',
    node,
    codePackages: [],
    replicas: new Map(),
    live,
    flags: 0,
    marks: undefined,
  }))
}

function partitionEntries(
  snapshot: ClusterSnapshot,
  applications: ReadonlyMap<string, ClusterApplication>,
): readonly PartitionEntry[] {
  const services = new Map(snapshot.services.map((service) => [service.name, service]))
  const entries: PartitionEntry[] = []
  for (const partition of snapshot.partitions) {
    const service = found(services, partition.service, 'service')
    const application = applications.get(service.application)
    if (!application) continue
    const threshold = thresholdOf(partition, service)
    entries.push({ partition, service, application, replicas: [], ready: 0, threshold })
  }
  const byName = [
    ({ service }: PartitionEntry) => service.name,
    ({ partition }: PartitionEntry) => partition.id,
  ]
  return inFixedOrder(entries, ...byName)
}

/** The write quorum of the target size; nothing for stateless services (5.1). */
function thresholdOf({ targetSize }: ClusterPartition, { kind }: ClusterService): number {
  return kind === 'stateful' ? Math.floor(targetSize / 2) + 1 : 0
}

/** Partition by partition, so that the order of replicas follows that of services. */
function replicaEntries({ replicas }: ClusterSnapshot, known: Known): readonly ReplicaEntry[] {
  for (const replica of inFixedOrder(replicas, ({ id }) => id)) {
    const partition = known.partitionOf.get(replica.partition)
    if (!partition) continue
    const node = found(known.nodeOf, replica.node, 'node')
    const marks = undefined
    const entry: ReplicaEntry = {
      of: 'replica',
      replica,
      partition,
      node,
      codePackage: undefined,
      flags: 0,
      marks,
    }
    partition.replicas.push(entry)
    node.replicas.set(partition, entry)
    if (couldBeFaultReady(entry)) partition.ready += 1
  }
  return [...known.partitionOf.values()].flatMap((partition) => partition.replicas)
}

function codePackageEntries({ codePackages }: ClusterSnapshot, known: Known): readonly CodePackageEntry[] {
  const ordered = inFixedOrder(
    codePackages,
    ({ application }) => application,
    ({ node }) => node,
    ({ serviceManifest }) => serviceManifest,
    ({ activationId }) => activationId,
    ({ name }) => name,
  )
  return ordered.flatMap((codePackage) => {
    const application = known.applications.get(codePackage.application)
    if (!application) return []
    const node = found(known.nodeOf, codePackage.node, 'node')
    const partitions = codePackage.hosts.flatMap((id) => known.partitionOf.get(id) ?? [])
    const entry: CodePackageEntry = {
      of: 'code package',
      codePackage,
      node,
      application,
      partitions,
      replicas: [],
      flags: 0,
      marks: undefined,
    }
    host(entry)
    node.codePackages.push(entry)
    return [entry]
  })
}

/** Links a code package to the replicas on its node of the partitions it hosts. */
function host(entry: CodePackageEntry): void {
  for (const partition of entry.partitions) {
    const replica = entry.node.replicas.get(partition)
    if (!replica) continue
    replica.codePackage = entry
    entry.replicas.push(replica)
  }
}

function found<Value>(map: ReadonlyMap<string, Value>, name: string, what: string): Value {
  const value = map.get(name)
  if (value === undefined)
    throw new TypeError(`The snapshot names a ${what} '${name}' that it does not have.`)
  return value
}
