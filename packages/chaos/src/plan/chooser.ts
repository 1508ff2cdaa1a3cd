import type { DriverFaultKind, Fault, FaultKind, Random } from '@squall/contract'
import { faultText } from '../faults/fault-text.ts'
import { internalSettings } from '../parameters/internal-settings.ts'
import { Candidates } from './candidates.ts'
import type { ClusterView } from './cluster-view.ts'
import type { Category, Dice, ServiceKind } from './dice.ts'
import {
  codePackagePredicates,
  destinationPredicates,
  driverPredicates,
  firstBroken,
  nodePredicates,
  type Predicate,
  replicaPredicates,
} from './eligibility.ts'
import type { Entry, NodeEntry, ReplicaEntry } from './entries.ts'
import { FaultMarks } from './fault-marks.ts'
import {
  codePackageRestart,
  driverFault,
  type MoveKind,
  moveFault,
  nodeRestart,
  replicaFault,
} from './faults-of.ts'
import { markFault } from './mark-fault.ts'
import { gatesOf, nodeRatios } from './node-gate.ts'
import type { PlanRequest, Slot, Trial } from './plan-request.ts'
import { pick, roll } from './roll.ts'
import { noRules } from './rule-names.ts'

/** How often a category looks for a candidate (4.3). */
const mostTrials = 10

/** Draws of a destination before all nodes are looked at. */
const quickDraws = 8

/** What one trial gave. */
type Found = Choice | { readonly reason: string }

/** A fault, and how it sets its marks. */
interface Choice {
  readonly fault: Fault
  mark(about: () => string): void
}

/** Chooses faults on one marked view; each fault chosen changes what may follow (4.3 to 4.5). */
export class Chooser {
  readonly #view: ClusterView
  readonly #request: PlanRequest
  readonly #dice: Dice
  readonly #chance: Random
  readonly #marks: FaultMarks
  readonly #candidates = new Map<string, Candidates<Entry>>()

  constructor(view: ClusterView, request: PlanRequest, dice: Dice, chance: Random) {
    this.#view = view
    this.#request = request
    this.#dice = dice
    this.#chance = chance
    this.#marks = new FaultMarks(request.without ?? noRules)
  }

  /** Takes a fault as chosen. */
  mark(fault: Fault): void {
    markFault(this.#view, this.#marks, fault)
  }

  /** Looks for a fault of a category, at most ten times. */
  choose(category: Category): Slot {
    return this.#tryOften(category, () => {
      const kind = roll<FaultKind>(this.#dice[category], this.#chance)
      if (kind === undefined) return undefined
      return { kind, found: kind === 'restart-node' ? this.#nodeRestart() : this.#serviceFault(kind) }
    })
  }

  /** Looks for a fault of a kind that a driver brings. */
  chooseDriver(kind: DriverFaultKind): Slot {
    return this.#tryOften('driver', () => ({ kind: kind.name, found: this.#driverFault(kind) }))
  }

  /** Whether a category can still give a fault. */
  hasCandidates(category: Category): boolean {
    const kinds = this.#dice[category].filter(({ weight }) => weight > 0)
    if (category === 'node') return kinds.length > 0 && this.#gates().all.isOpen && this.#nodes().hasAny()
    return kinds.some(({ name }) => this.#of(name as ServiceKind).hasAny())
  }

  #tryOften(
    category: Slot['category'],
    once: () => { readonly kind: string; readonly found: Found } | undefined,
  ): Slot {
    const trials: Trial[] = []
    for (let trial = 0; trial < mostTrials; trial++) {
      const tried = once()
      if (!tried) break
      const { kind, found } = tried
      if ('fault' in found) {
        found.mark(() => faultText(found.fault))
        return { category, trials: [...trials, { kind }], fault: found.fault }
      }
      trials.push({ kind, reason: found.reason })
    }
    return { category, trials }
  }

  #nodeRestart(): Found {
    const { all, seeds } = this.#gates()
    if (!all.isOpen && !this.#request.without?.has('node gate'))
      return { reason: `node gate: ${all.live} nodes are live, more than ${all.needed} are needed` }
    const node = this.#nodeGroup(seeds.isOpen).pick(this.#chance)
    if (node?.of !== 'node') return { reason: 'no node of the group rolled can be restarted' }
    return { fault: nodeRestart(node), mark: this.#marking(node) }
  }

  /** Seed nodes with their share of all nodes, as long as enough of them are live; the others otherwise. */
  #nodeGroup(seedsMayGo: boolean): Candidates<Entry> {
    const { nodes, seeds } = this.#view
    if (this.#request.without?.has('node gate')) return this.#list('nodes', nodes, nodePredicates)
    const takesSeeds = seedsMayGo && this.#chance.next() < seeds.length / nodes.length
    if (takesSeeds) return this.#list('seed nodes', seeds, nodePredicates)
    const others = (): readonly NodeEntry[] => nodes.filter(({ node }) => !node.isSeed)
    return this.#list('other nodes', others, nodePredicates)
  }

  #gates(): ReturnType<typeof gatesOf> {
    const { figures } = internalSettings(this.#request.parameters.context)
    return gatesOf(this.#view, nodeRatios(figures))
  }

  #serviceFault(kind: ServiceKind): Found {
    const entry = this.#of(kind).pick(this.#chance)
    if (!entry) return { reason: 'no candidate' }
    if (entry.of === 'code package') return { fault: codePackageRestart(entry), mark: this.#marking(entry) }
    const replica = entry as ReplicaEntry
    if (kind === 'restart-replica' || kind === 'remove-replica')
      return { fault: replicaFault(kind, replica), mark: this.#marking(replica) }
    return this.#move(kind as MoveKind, replica)
  }

  #move(kind: MoveKind, replica: ReplicaEntry): Found {
    const to = this.#destination(kind, replica)
    if (!to) return { reason: `no destination for replica ${replica.replica.id}` }
    const { forcesMoves } = internalSettings(this.#request.parameters.context)
    const fault = moveFault(kind, replica, to, forcesMoves)
    return { fault, mark: (about) => this.#marks.replicaMoved(replica, to, about) }
  }

  /**
   * One of the nodes that may be a destination, each equally likely. Few of those that anything may be moved to are ruled
   * out for one replica, so a few draws find one in a large cluster; where they do not, all are looked at.
   */
  #destination(kind: MoveKind, replica: ReplicaEntry): NodeEntry | undefined {
    const { own, shared } = destinationPredicates(replica, kind)
    const list = this.#list('destinations', this.#view.nodes, shared)
    for (let draw = 0; draw < quickDraws; draw++) {
      const node = list.pick(this.#chance)
      if (node?.of !== 'node') return undefined
      if (!firstBroken(own, node)) return node
    }
    const all = [...shared, ...own]
    return pick(
      this.#view.nodes.filter((node) => !firstBroken(all, node)),
      this.#chance,
    )
  }

  /** A driver's kind that disturbs a node stands behind the same gates as a restart. */
  #driverFault(kind: DriverFaultKind): Found {
    const gates = kind.disturbs === 'node' ? this.#gates() : undefined
    if (gates && !gates.all.isOpen)
      return {
        reason: `node gate: ${gates.all.live} nodes are live, more than ${gates.all.needed} are needed`,
      }
    const all = allOf(this.#view, kind.disturbs)
    const predicates = driverPredicates[kind.disturbs] as readonly Predicate<Entry>[]
    const mayGo = (entry: Entry): boolean =>
      !gates || gates.seeds.isOpen || (entry.of === 'node' && !entry.node.isSeed)
    const list = this.#list(`driver ${kind.disturbs}`, all, predicates)
    const entry = list.pick(this.#chance)
    if (!entry) return { reason: 'no candidate' }
    return mayGo(entry)
      ? { fault: driverFault(kind, entry), mark: this.#marking(entry) }
      : { reason: 'too few seed nodes are live' }
  }

  /** How a fault that disturbs an entity as a whole sets its marks. */
  #marking(entry: Entry): Choice['mark'] {
    if (entry.of === 'node') return (about) => this.#marks.nodeRestarted(entry, about)
    if (entry.of === 'replica') return (about) => this.#marks.replicaFaulted(entry, about)
    return (about) => this.#marks.codePackageRestarted(entry, about)
  }

  #nodes(): Candidates<Entry> {
    return this.#list('nodes', this.#view.nodes, nodePredicates)
  }

  #of(kind: ServiceKind): Candidates<Entry> {
    return kind === 'restart-code-package'
      ? this.#list(kind, this.#view.codePackages, codePackagePredicates)
      : this.#list(kind, this.#view.replicas, replicaPredicates[kind])
  }

  #list<Subject extends Entry>(
    name: string,
    all: readonly Subject[] | (() => readonly Subject[]),
    predicates: readonly Predicate<Subject>[],
  ): Candidates<Entry> {
    const known = this.#candidates.get(name)
    if (known) return known
    const isEligible = (entry: Entry): boolean => !firstBroken(predicates, entry as Subject)
    const list = new Candidates<Entry>(typeof all === 'function' ? all() : all, isEligible)
    this.#candidates.set(name, list)
    return list
  }
}

function allOf(view: ClusterView, disturbs: DriverFaultKind['disturbs']): readonly Entry[] {
  if (disturbs === 'node') return view.nodes
  return disturbs === 'replica' ? view.replicas : view.codePackages
}
