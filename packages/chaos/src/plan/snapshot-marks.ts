import type { Health } from '@squall/contract'
import type { ClusterView } from './cluster-view.ts'
import { type CodePackageEntry, mark, type PartitionEntry, toleranceOf } from './entries.ts'
import type { RuleName } from './rule-names.ts'

/** Sets the marks of a snapshot, in this order, after the filter (5.3). */
export function markSnapshot(view: ClusterView, without: ReadonlySet<RuleName>): void {
  for (const entry of view.codePackages) {
    if (!without.has('S1') && markUnhealthyPackage(entry)) continue
    if (!without.has('S2')) markHostOfWeakPartition(entry)
  }
  if (!without.has('S3')) for (const partition of view.partitions) markWeakPartition(partition)
  if (!without.has('S4')) markUnhealthyNodes(view)
}

/** S1: a code package whose service package is not healthy, and its node. */
function markUnhealthyPackage(entry: CodePackageEntry): boolean {
  const { health, name } = entry.codePackage
  if (health === 'Ok') return false
  const about = (): string => `code package ${name}, whose service package has health ${health}`
  for (const unsafe of [entry, entry.node]) mark(unsafe, { flag: 'unsafe', rule: 'S1', about })
  return true
}

/** S2: one that hosts such a partition as S3 means, also where no replica of it is known, and its node. */
function markHostOfWeakPartition(entry: CodePackageEntry): void {
  const weak = entry.partitions.find(isWeak)
  if (!weak) return
  const { ready } = weak
  const about = (): string => `${partitionText(weak)}: ${weakness(weak, ready)}`
  for (const unsafe of [entry, entry.node]) mark(unsafe, { flag: 'unsafe', rule: 'S2', about })
}

/** S3: everything of a partition without tolerance, or that is not healthy up to its application. */
function markWeakPartition(partition: PartitionEntry): void {
  if (!isWeak(partition)) return
  const { ready } = partition
  markAllUnsafe(partition, 'S3', () => `${partitionText(partition)}: ${weakness(partition, ready)}`)
}

function isWeak(partition: PartitionEntry): boolean {
  return toleranceOf(partition) <= 0 || worstHealth(partition) !== 'Ok'
}

/** S4. */
function markUnhealthyNodes({ nodes }: ClusterView): void {
  for (const entry of nodes) {
    const { health, name } = entry.node
    if (health === 'Ok') continue
    mark(entry, { flag: 'unsafe', rule: 'S4', about: () => `node ${name}, whose health is ${health}` })
  }
}

/** Makes all replicas of a partition unsafe, and their code packages and nodes. */
export function markAllUnsafe({ replicas }: PartitionEntry, rule: RuleName, about: () => string): void {
  for (const replica of replicas) {
    mark(replica, { flag: 'unsafe', rule, about })
    if (replica.codePackage) mark(replica.codePackage, { flag: 'unsafe', rule, about })
    mark(replica.node, { flag: 'unsafe', rule, about })
  }
}

/** Names a partition for a person. */
export function partitionText({ partition, service }: PartitionEntry): string {
  return `partition ${partition.id} of ${service.name}`
}

/** Says what is wrong with a partition, or how much it tolerates, now or when it had so many fault-ready replicas. */
export function weakness(partition: PartitionEntry, ready: number = partition.ready): string {
  const { threshold } = partition
  const health = worstHealth(partition)
  const tolerance = `${ready} fault-ready of ${threshold} needed, tolerance ${ready - threshold}`
  return health === 'Ok' ? tolerance : `health ${health}; ${tolerance}`
}

function worstHealth({ partition, service, application }: PartitionEntry): Health {
  const all = [partition.health, service.health, application.health]
  if (all.includes('Error')) return 'Error'
  return all.includes('Warning') ? 'Warning' : 'Ok'
}
