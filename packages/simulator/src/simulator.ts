import type {
  Clock,
  Cluster,
  ClusterContext,
  ClusterSnapshot,
  DriverFaultKind,
  Fault,
  FaultKind,
  FaultOutcome,
  Health,
} from '@squall/contract'
import { begin } from './effects/begin.ts'
import { refused } from './effects/begun.ts'
import type { Latencies } from './latencies.ts'
import { snapshotOf } from './snapshot/snapshot-of.ts'
import { buildWorld } from './state/build-world.ts'
import { nodeDown, nodeUp } from './state/nodes.ts'
import type { SimNode, World } from './state/world.ts'
import { defaultTopology } from './topology/default-topology.ts'
import type { Topology } from './topology/topology.ts'
import type { Violation } from './violation.ts'

export interface SimulatorOptions {
  /** Real or virtual. Time passes in the cluster as it does there. */
  readonly clock: Clock
  /** Default: ten nodes with two applications. */
  readonly topology?: Topology
  /** Decides ids and places. Default `0`. */
  readonly seed?: string | number
}

/** What can be unhealthy: `package` is the service package of an application on a node. */
export type Unhealthy =
  | { readonly node: string }
  | { readonly application: string }
  | { readonly service: string }
  | { readonly partition: string }
  | { readonly package: { readonly node: string; readonly application: string; readonly manifest: string } }

/** What the cluster answers instead of doing what a fault asks for. */
export interface Refusal {
  readonly outcome: Exclude<FaultOutcome['outcome'], 'done'>
  readonly reason?: string
  /** How many of the coming faults of the kind. Default 1. */
  readonly times?: number
}

const pauseProcess: DriverFaultKind = {
  name: 'pause-process',
  summary: 'Freezes a program for a while.',
  disturbs: 'code-package',
  weight: 1,
}

/** A simulated cluster. Equal topology, seed and times of the calls give equal clusters. */
export class Simulator implements Cluster {
  readonly kinds: readonly DriverFaultKind[]
  readonly #clock: Clock
  readonly #topology: Topology
  readonly #seed: string
  #world: World
  #upgrading: string | undefined
  #unanswered: { snapshot?: string | undefined; upgrading?: string | undefined } = {}
  #reports: ClusterSnapshot['reports'] = []
  #refusals = new Map<string, Refusal[]>()

  constructor({ clock, topology = defaultTopology, seed = 0 }: SimulatorOptions) {
    this.#clock = clock
    this.#topology = topology
    this.#seed = String(seed)
    this.kinds = topology.kinds.includes('pause-process') ? [pauseProcess] : []
    this.#world = this.#firstWorld()
  }

  async snapshot(_context?: ClusterContext): Promise<ClusterSnapshot> {
    if (this.#unanswered.snapshot !== undefined) throw new Error(this.#unanswered.snapshot)
    return snapshotOf(this.#current(), this.#reports)
  }

  async upgrading(_context?: ClusterContext): Promise<string | undefined> {
    if (this.#unanswered.upgrading !== undefined) throw new Error(this.#unanswered.upgrading)
    return this.#upgrading
  }

  async inject(fault: Fault, { signal }: Pick<ClusterContext, 'signal'>): Promise<FaultOutcome> {
    if (!(await this.#passes(this.#world.latencies.request, signal))) return interrupted(signal)
    const world = this.#current()
    const begun = this.#refusal(fault) ?? begin(world, fault)
    if ('outcome' in begun) return begun
    if (begun.doneAfter === undefined) return { outcome: 'done' }
    const due = world.now + Math.max(1, world.latencies[begun.doneAfter])
    if (!(await this.#passes(due - world.now, signal))) return interrupted(signal)
    // Timers may be a little early.
    world.advanceTo(due)
    return { outcome: 'done' }
  }

  async reset(_context?: ClusterContext): Promise<void> {
    this.#world = this.#firstWorld()
    this.#upgrading = undefined
    this.#unanswered = {}
    this.#reports = []
    this.#refusals = new Map()
  }

  /** Every quorum and data loss so far, the oldest first. */
  violations(): readonly Violation[] {
    return this.#current().violations
  }

  /** Milliseconds until the next thing that the cluster does by itself; undefined when it is at rest. */
  get restsIn(): number | undefined {
    const { timeline, now } = this.#current()
    return timeline.next === undefined ? undefined : timeline.next - now
  }

  /** Sets the health of something, or with `undefined` gives it its own again. */
  setHealth(of: Unhealthy, health: Health | undefined): void {
    const key = healthKey(of)
    if (health) this.#world.health.set(key, health)
    if (!health) this.#world.health.delete(key)
  }

  /** Health reports about the cluster itself. */
  setReports(reports: ClusterSnapshot['reports']): void {
    this.#reports = reports
  }

  /** Begins an upgrade of the cluster, or with `undefined` ends it. */
  setUpgrading(reason: string | undefined): void {
    this.#upgrading = reason
  }

  setApplicationUpgrading(name: string, isUpgrading: boolean): void {
    const application = this.#world.applications.find((one) => one.name === name)
    if (!application) throw new RangeError(`There is no application ${name}.`)
    application.isUpgrading = isUpgrading
  }

  /** What can no longer be found out, and why: the calls reject. `undefined` lets them answer again. */
  setUnanswered(calls: { snapshot?: string | undefined; upgrading?: string | undefined }): void {
    this.#unanswered = { ...this.#unanswered, ...calls }
  }

  /** Makes the cluster slower or quicker from now on. */
  setLatencies(latencies: Partial<Latencies>): void {
    this.#world.latencies = { ...this.#world.latencies, ...latencies }
  }

  /** Lets the cluster refuse coming faults of a kind. */
  refuse(kind: FaultKind | 'driver', refusal: Refusal): void {
    const times = Array.from({ length: refusal.times ?? 1 }, () => refusal)
    this.#refusals.set(kind, [...(this.#refusals.get(kind) ?? []), ...times])
  }

  /** Takes a node down for as long as nobody starts it. */
  stopNode(name: string): void {
    const node = this.#node(name)
    if (node.isUp) nodeDown(this.#current(), node)
  }

  startNode(name: string): void {
    const node = this.#node(name)
    if (!node.isUp) nodeUp(this.#current(), node)
  }

  #node(name: string): SimNode {
    const node = this.#world.nodes.find((one) => one.name === name)
    if (!node) throw new RangeError(`There is no node ${name}.`)
    return node
  }

  #firstWorld(): World {
    const { latencies } = this.#topology
    const now = this.#clock.monotonic()
    return buildWorld({ topology: this.#topology, latencies, seed: this.#seed, now })
  }

  #current(): World {
    this.#world.advanceTo(this.#clock.monotonic())
    return this.#world
  }

  #refusal({ kind }: Fault): FaultOutcome | undefined {
    const next = this.#refusals.get(kind)?.shift()
    return next && refused(next.outcome, next.reason ?? `The cluster was told to answer '${next.outcome}'.`)
  }

  /** Whether the time passed without an interruption. */
  async #passes(milliseconds: number, signal: AbortSignal): Promise<boolean> {
    if (signal.aborted) return false
    if (milliseconds === 0) return true
    try {
      await this.#clock.sleep(milliseconds, signal)
      return true
    } catch (error) {
      if (signal.aborted) return false
      throw error
    }
  }
}

function interrupted({ reason }: AbortSignal): FaultOutcome {
  const isTimeout = reason instanceof Error && reason.name === 'TimeoutError'
  return isTimeout
    ? refused('timeout', 'The cluster did not finish in time.')
    : refused('transient', 'Interrupted before the cluster had finished.')
}

function healthKey(of: Unhealthy): string {
  if ('package' in of) return `package ${of.package.node} ${of.package.application} ${of.package.manifest}`
  const [[kind, name] = []] = Object.entries(of)
  return `${kind} ${name}`
}
