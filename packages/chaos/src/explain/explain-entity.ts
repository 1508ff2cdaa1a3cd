import type { ClusterSnapshot, Fault } from '@squall/contract'
import { internalSettings } from '../parameters/internal-settings.ts'
import type { ClusterView } from '../plan/cluster-view.ts'
import { type Dice, diceOf, type ServiceKind } from '../plan/dice.ts'
import {
  codePackagePredicates,
  destinationPredicates,
  firstBroken,
  nodePredicates,
  type Predicate,
  replicaPredicates,
} from '../plan/eligibility.ts'
import type { CodePackageEntry, Entry, NodeEntry, ReplicaEntry } from '../plan/entries.ts'
import { FaultMarks } from '../plan/fault-marks.ts'
import type { MoveKind } from '../plan/faults-of.ts'
import { markFault } from '../plan/mark-fault.ts'
import { markedView } from '../plan/marked-view.ts'
import { gatesOf, nodeRatios } from '../plan/node-gate.ts'
import type { PlanRequest } from '../plan/plan-request.ts'
import { noRules } from '../plan/rule-names.ts'

/** Whether a fault of a kind could be chosen for an entity, and if not, which predicate stands against it. */
export interface Eligibility {
  readonly kind: string
  /** Names the entity for a person. */
  readonly entity: string
  readonly isEligible: boolean
  /** The predicate, the part of the specification it comes from, and why it does not hold. */
  readonly refusal?: { readonly predicate: string; readonly section: string; readonly reason: string }
}

/**
 * Explains, for every node, code package and replica whose name contains `name`, which kinds of fault may be chosen for
 * it once `faults` have been chosen, and why the others may not.
 */
export function explainEntity(
  snapshot: ClusterSnapshot,
  request: PlanRequest,
  { name, faults = [] }: { readonly name: string; readonly faults?: readonly Fault[] },
): readonly Eligibility[] {
  const view = viewAfter(snapshot, request, faults)
  const dice = diceOf(request.parameters, request.options ?? {}, request.offer ?? {})
  return entitiesOf(view)
    .filter((entry) => entityName(entry).includes(name))
    .flatMap((entry) => explained(entry, view, request, dice))
}

/** The view that the next choice of an iteration would see. */
export function viewAfter(
  snapshot: ClusterSnapshot,
  request: PlanRequest,
  faults: readonly Fault[],
): ClusterView {
  const view = markedView(snapshot, request)
  const marks = new FaultMarks(request.without ?? noRules)
  for (const fault of faults) markFault(view, marks, fault)
  return view
}

export function entitiesOf({ nodes, codePackages, replicas }: ClusterView): readonly Entry[] {
  return [...nodes, ...codePackages, ...replicas]
}

/** A node by its name, a code package by node, application and name, a replica by service, partition, id and node. */
export function entityName(entry: Entry): string {
  if (entry.of === 'node') return `node ${entry.node.name}`
  if (entry.of === 'code package') {
    const { application, serviceManifest, name, node } = entry.codePackage
    return `code package ${application} ${serviceManifest} ${name} on ${node}`
  }
  const { id, node } = entry.replica
  const { partition, service } = entry.partition
  return `replica ${id} of ${service.name} partition ${partition.id} on ${node}`
}

/** Every kind that concerns an entity, with what stands against it. */
export function explained(
  entry: Entry,
  view: ClusterView,
  request: PlanRequest,
  dice: Dice,
): readonly Eligibility[] {
  const entity = entityName(entry)
  return kindsFor(entry).map((kind) => {
    const refusal =
      weightless(kind, dice) ?? gateRefusal(kind, entry, view, request) ?? refusalOf(kind, entry, view)
    return { kind, entity, isEligible: refusal === undefined, ...(refusal && { refusal }) }
  })
}

const replicaKinds = Object.keys(replicaPredicates) as (keyof typeof replicaPredicates)[]

function kindsFor(entry: Entry): readonly string[] {
  if (entry.of === 'node') return ['restart-node']
  return entry.of === 'code package' ? ['restart-code-package'] : replicaKinds
}

type Refusal = NonNullable<Eligibility['refusal']>

function weightless(kind: string, { node, service }: Dice): Refusal | undefined {
  const face = [...node, ...service].find(({ name }) => name === kind)
  if (face && face.weight > 0) return undefined
  return { predicate: 'weight', section: '4.2', reason: 'the kind has no weight in this run' }
}

function gateRefusal(
  kind: string,
  entry: Entry,
  view: ClusterView,
  request: PlanRequest,
): Refusal | undefined {
  if (kind !== 'restart-node' || entry.of !== 'node') return undefined
  const { all, seeds } = gatesOf(view, nodeRatios(internalSettings(request.parameters.context).figures))
  if (!all.isOpen) {
    const reason = `${all.live} nodes are live, more than ${all.needed} are needed`
    return { predicate: 'node gate', section: '4.4', reason }
  }
  if (!entry.node.isSeed || seeds.isOpen) return undefined
  const reason = `${seeds.live} seed nodes are live, more than ${seeds.needed} are needed`
  return { predicate: 'seed gate', section: '4.4', reason }
}

function refusalOf(kind: string, entry: Entry, view: ClusterView): Refusal | undefined {
  if (entry.of === 'node') return told(nodePredicates, entry)
  if (entry.of === 'code package') return told(codePackagePredicates, entry)
  const own = told(replicaPredicates[kind as Exclude<ServiceKind, 'restart-code-package'>], entry)
  if (own || !kind.startsWith('move-')) return own
  return destinationRefusal(kind as MoveKind, entry, view)
}

function destinationRefusal(
  kind: MoveKind,
  entry: ReplicaEntry,
  { nodes }: ClusterView,
): Refusal | undefined {
  const { shared, own } = destinationPredicates(entry, kind)
  const predicates = [...shared, ...own]
  if (nodes.some((node) => !firstBroken(predicates, node))) return undefined
  const reasons = nodes.slice(0, 5).map((node) => `${node.node.name}: ${told(predicates, node)?.reason}`)
  return { predicate: 'destination', section: '4.5', reason: `no node can take it (${reasons.join('; ')})` }
}

function told<Subject extends NodeEntry | CodePackageEntry | ReplicaEntry>(
  predicates: readonly Predicate<Subject>[],
  entry: Subject,
): Refusal | undefined {
  const broken = firstBroken(predicates, entry)
  return broken && { predicate: broken.name, section: broken.section, reason: broken.why(entry) }
}
