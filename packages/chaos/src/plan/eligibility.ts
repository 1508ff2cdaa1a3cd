import type { DriverFault, FaultKind } from '@squall/contract'
import {
  type CodePackageEntry,
  couldBeFaultReady,
  type Entry,
  flags,
  type NodeEntry,
  type ReplicaEntry,
  toleranceOf,
} from './entries.ts'
import { isShunned } from './exclude.ts'
import { flagReason } from './flag-reason.ts'
import { partitionText, weakness } from './snapshot-marks.ts'

/** A small test that something must pass before it may be faulted. */
export interface Predicate<Subject> {
  readonly name: string
  /** The part of the specification it comes from. */
  readonly section: string
  holds(subject: Subject): boolean
  /** Why it does not hold. */
  why(subject: Subject): string
}

const unmarked: Predicate<Entry> = {
  name: 'no flag',
  section: '5.2',
  holds: (entry) => entry.flags === 0,
  why: flagReason,
}

const ready: Predicate<ReplicaEntry> = {
  name: 'ready',
  section: 'R4',
  holds: ({ replica }) => replica.status === 'Ready',
  why: ({ replica }) => `the replica is ${replica.status}`,
}

const notUpgrading: Predicate<ReplicaEntry> = {
  name: 'not upgrading',
  section: 'R5',
  holds: ({ partition }) => !partition.application.isUpgrading,
  why: ({ partition }) => `${partition.application.name} is upgrading`,
}

const tolerance: Predicate<ReplicaEntry> = {
  name: 'tolerance',
  section: '5.1',
  holds: ({ partition }) => toleranceOf(partition) > 0,
  why: ({ partition }) => `${partitionText(partition)}: ${weakness(partition)}`,
}

const disturbable = [ready, notUpgrading, unmarked, tolerance] as const

/** A replica or instance that may be disturbed, whatever the kind of fault. */
function isDisturbable(replica: ReplicaEntry): boolean {
  return replica.flags === 0 && couldBeFaultReady(replica) && toleranceOf(replica.partition) > 0
}

const innerDisturbable: Predicate<CodePackageEntry | NodeEntry> = {
  name: 'all replicas under it',
  section: 'F3, F4',
  holds: (entry) => under(entry).every(isDisturbable),
  why: (entry) => {
    const first = under(entry).find((replica) => !isDisturbable(replica))
    const broken = first && disturbable.find((predicate) => !predicate.holds(first))
    return first ? `replica ${first.replica.id} under it: ${broken?.why(first)}` : 'nothing is under it'
  },
}

const running: Predicate<CodePackageEntry> = {
  name: 'running',
  section: '4.5',
  holds: ({ codePackage }) => codePackage.isRunning,
  why: () => 'it is not running',
}

const up: Predicate<NodeEntry> = {
  name: 'up',
  section: '4.4',
  holds: ({ node }) => node.isUp,
  why: () => 'the node is down',
}

function ofRole(role: 'Primary' | 'ActiveSecondary'): Predicate<ReplicaEntry> {
  return {
    name: role === 'Primary' ? 'primary' : 'active secondary',
    section: '4.5',
    holds: ({ replica, partition }) => partition.service.kind === 'stateful' && replica.role === role,
    why: ({ replica, partition }) => `it is ${partition.service.kind}, in role ${replica.role}`,
  }
}

const persisted: Predicate<ReplicaEntry> = {
  name: 'persisted state',
  section: '4.5',
  holds: ({ partition: { service } }) => service.kind === 'stateful' && service.hasPersistedState,
  why: ({ partition: { service } }) =>
    service.kind === 'stateful' ? `${service.name} keeps no state on disk` : `${service.name} is stateless`,
}

const stateless: Predicate<ReplicaEntry> = {
  name: 'stateless',
  section: '4.5',
  holds: ({ partition }) => partition.service.kind === 'stateless',
  why: ({ partition }) => `${partition.service.name} is stateful`,
}

/** What a replica, a code package or a node has to pass to be a candidate of a kind (4.4, 4.5). */
export const replicaPredicates: Readonly<
  Record<Exclude<FaultKind, 'restart-node' | 'restart-code-package'>, readonly Predicate<ReplicaEntry>[]>
> = {
  'restart-replica': [persisted, ...disturbable],
  'remove-replica': disturbable,
  'move-primary': [ofRole('Primary'), ...disturbable],
  'move-secondary': [ofRole('ActiveSecondary'), ...disturbable],
  'move-instance': [stateless, ...disturbable],
}

export const codePackagePredicates: readonly Predicate<CodePackageEntry>[] = [
  running,
  unmarked,
  innerDisturbable,
]

export const nodePredicates: readonly Predicate<NodeEntry>[] = [up, unmarked, innerDisturbable]

/** What a driver's kind has to pass: that of the entity it disturbs. */
export const driverPredicates: Readonly<Record<DriverFault['disturbs'], readonly Predicate<never>[]>> = {
  node: nodePredicates,
  'code-package': codePackagePredicates,
  replica: disturbable,
}

/** What a destination of a move has to pass (4.5, 5.2); excluded by the filter does not matter. */
export interface DestinationPredicates {
  /** The same for every move. */
  readonly shared: readonly Predicate<NodeEntry>[]
  /** Those of this one. */
  readonly own: readonly Predicate<NodeEntry>[]
}

const faultable: Predicate<NodeEntry> = {
  name: 'faultable',
  section: '5.2',
  holds: ({ flags: set }) => (set & ~flags.excluded) === 0,
  why: flagReason,
}

const notShunned: Predicate<NodeEntry> = {
  name: 'not shunned',
  section: 'exclusion lists',
  holds: (node) => !isShunned(node),
  why: () => 'an exclusion list names it',
}

const sharedByMoves = [up, faultable, notShunned]

export function destinationPredicates(
  replica: ReplicaEntry,
  kind: 'move-primary' | 'move-secondary' | 'move-instance',
): DestinationPredicates {
  const elsewhere: Predicate<NodeEntry> = {
    name: 'elsewhere',
    section: '4.5',
    holds: (node) => node !== replica.node,
    why: () => 'the replica is there already',
  }
  const there = kind === 'move-primary' ? readyIfThere(replica) : withoutReplica(replica)
  return { shared: sharedByMoves, own: [elsewhere, there] }
}

function withoutReplica({ partition }: ReplicaEntry): Predicate<NodeEntry> {
  return {
    name: 'no replica there',
    section: '4.5',
    holds: ({ replicas }) => !replicas.has(partition),
    why: () => `it holds a replica of ${partitionText(partition)}`,
  }
}

/** A primary may move onto a secondary, but not onto one that is still being built (R4). */
function readyIfThere({ partition }: ReplicaEntry): Predicate<NodeEntry> {
  return {
    name: 'ready if there',
    section: 'R4',
    holds: ({ replicas }) => (replicas.get(partition)?.replica.status ?? 'Ready') === 'Ready',
    why: () => `its replica of ${partitionText(partition)} is not ready`,
  }
}

function under(entry: CodePackageEntry | NodeEntry): readonly ReplicaEntry[] {
  return entry.of === 'node' ? [...entry.replicas.values()] : entry.replicas
}

/** The first predicate that does not hold. */
export function firstBroken<Subject>(
  predicates: readonly Predicate<Subject>[],
  subject: Subject,
): Predicate<Subject> | undefined {
  return predicates.find((predicate) => !predicate.holds(subject))
}
