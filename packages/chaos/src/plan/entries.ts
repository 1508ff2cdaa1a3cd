import type {
  ClusterApplication,
  ClusterCodePackage,
  ClusterNode,
  ClusterPartition,
  ClusterReplica,
  ClusterService,
} from '@squall/contract'
import type { RuleName } from './rule-names.ts'

/** The four flags of an entity (5.2), as bits. */
export const flags = { faulted: 1, unavailable: 2, unsafe: 4, excluded: 8 } as const
export type FlagName = keyof typeof flags

/** Why an entity has a flag. */
export interface Mark {
  readonly flag: FlagName
  readonly rule: RuleName | 'filter' | 'exclusion' | 'holds excluded'
  /** What was looked at, as in `partition P of fabric:/App/Service`. */
  readonly about: () => string
}

interface Marked {
  flags: number
  marks: Mark[] | undefined
}

/** Live nodes of a view (4.4), kept right as flags are set. */
export interface LiveCount {
  nodes: number
  seeds: number
}

export interface NodeEntry extends Marked {
  readonly of: 'node'
  readonly node: ClusterNode
  readonly codePackages: CodePackageEntry[]
  /** The replica of a partition that lies here; there is at most one. */
  readonly replicas: Map<PartitionEntry, ReplicaEntry>
  /** Shared by all nodes of a view. */
  readonly live: LiveCount
}

export interface CodePackageEntry extends Marked {
  readonly of: 'code package'
  readonly codePackage: ClusterCodePackage
  readonly node: NodeEntry
  readonly application: ClusterApplication
  /** The partitions it says it hosts. */
  readonly partitions: readonly PartitionEntry[]
  readonly replicas: ReplicaEntry[]
}

export interface PartitionEntry {
  readonly partition: ClusterPartition
  readonly service: ClusterService
  readonly application: ClusterApplication
  readonly replicas: ReplicaEntry[]
  /** Fault-ready replicas. */
  ready: number
  /** How many of them no iteration may fall below (5.1). */
  readonly threshold: number
}

export interface ReplicaEntry extends Marked {
  readonly of: 'replica'
  readonly replica: ClusterReplica
  readonly partition: PartitionEntry
  readonly node: NodeEntry
  codePackage: CodePackageEntry | undefined
}

export type Entry = NodeEntry | CodePackageEntry | ReplicaEntry

/** How many fault-ready replicas may still be disturbed (5.1). */
export function toleranceOf({ ready, threshold }: PartitionEntry): number {
  return ready - threshold
}

/** Fault-ready, its flags aside (5.2). */
export function couldBeFaultReady({ replica, partition }: ReplicaEntry): boolean {
  return replica.status === 'Ready' && !partition.application.isUpgrading
}

/** Up and fault-ready, or up and left out by the filter; one on an exclusion list has to be well otherwise. */
export function isLive({ node, flags: set, marks }: NodeEntry): boolean {
  if (!node.isUp) return false
  return set === 0 || set === flags.excluded || (marks?.some(({ rule }) => rule === 'filter') ?? false)
}

/** Sets a flag, and keeps the counts of fault-ready replicas and live nodes right. */
export function mark(entry: Entry, set: Mark): void {
  const wasLive = entry.of === 'node' && isLive(entry)
  addMark(entry, set)
  if (entry.of !== 'node' || !wasLive || isLive(entry)) return
  entry.live.nodes -= 1
  if (entry.node.isSeed) entry.live.seeds -= 1
}

function addMark(entry: Entry, set: Mark): void {
  if (entry.of === 'replica' && entry.flags === 0 && couldBeFaultReady(entry)) entry.partition.ready -= 1
  entry.flags |= flags[set.flag]
  entry.marks ??= []
  entry.marks.push(set)
}
