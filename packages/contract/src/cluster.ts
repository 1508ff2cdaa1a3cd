import type { JsonObject, JsonValue } from './json.ts'
import type { Log } from './log.ts'
import type { RegisteredUndo } from './registered-undo.ts'
import type { StandardSchema } from './standard-schema.ts'
import type { Clock } from './world.ts'

// The model of a cluster that continuous chaos works on (service-fabric-chaos 10). Ids and instance numbers are texts:
// the original's are 64-bit integers.

export type Health = 'Ok' | 'Warning' | 'Error'
export type ReplicaStatus = 'InBuild' | 'Standby' | 'Ready' | 'Down' | 'Dropped'
export type ReplicaRole = 'Primary' | 'ActiveSecondary' | 'IdleSecondary' | 'None'

export interface ClusterNode {
  readonly name: string
  readonly type: string
  /** A decimal integer that grows with each restart. */
  readonly instanceId: string
  readonly isSeed: boolean
  readonly isUp: boolean
  readonly health: Health
}

export interface ClusterApplication {
  /** `fabric:/Name`. */
  readonly name: string
  readonly type: string
  readonly isUpgrading: boolean
  readonly isSystem: boolean
  readonly health: Health
}

export interface ClusterService {
  /** `fabric:/App/Service`. */
  readonly name: string
  readonly application: string
  readonly kind: 'stateful' | 'stateless'
  readonly hasPersistedState: boolean
  readonly hasPlacementConstraints: boolean
  readonly health: Health
}

export interface ClusterPartition {
  readonly id: string
  readonly service: string
  readonly status: 'Ready' | 'NotReady' | 'InQuorumLoss' | 'Reconfiguring' | 'Deleting'
  /** Target replica set size (stateful) or instance count (stateless; -1 is one on every node). */
  readonly targetSize: number
  /** Minimum replica set size; part of the model, of no weight in the choice (rule R8). */
  readonly minSize: number
  readonly health: Health
}

/** One copy of a partition on one node: a replica (stateful) or an instance (stateless). */
export interface ClusterReplica {
  readonly id: string
  readonly partition: string
  readonly node: string
  readonly role: ReplicaRole
  readonly status: ReplicaStatus
  readonly health: Health
}

/** One program of an application on one node. */
export interface ClusterCodePackage {
  readonly node: string
  readonly application: string
  readonly serviceManifest: string
  /** Empty where there is none. */
  readonly activationId: string
  readonly name: string
  readonly instanceId: string
  readonly isRunning: boolean
  /** Health of its service package. */
  readonly health: Health
  /** Ids of the partitions whose replica on this node it hosts. */
  readonly hosts: readonly string[]
}

export interface ClusterSnapshot {
  readonly nodes: readonly ClusterNode[]
  readonly applications: readonly ClusterApplication[]
  readonly services: readonly ClusterService[]
  readonly partitions: readonly ClusterPartition[]
  readonly replicas: readonly ClusterReplica[]
  readonly codePackages: readonly ClusterCodePackage[]
  /** Health reports about the cluster itself. */
  readonly reports: readonly {
    readonly health: Health
    readonly source: string
    readonly description: string
  }[]
}

/** The seven faults of Service Fabric Chaos (6), and those that a driver brings. */
export type Fault =
  | { readonly kind: 'restart-node'; readonly node: string; readonly instanceId: string }
  | {
      readonly kind: 'restart-code-package'
      readonly node: string
      readonly application: string
      readonly serviceManifest: string
      readonly activationId: string
      readonly codePackage: string
      readonly instanceId: string
    }
  | ReplicaFault<'restart-replica'>
  | ReplicaFault<'remove-replica'>
  | MoveFault<'move-primary'>
  | MoveFault<'move-secondary'>
  | MoveFault<'move-instance'>
  | DriverFault

export interface ReplicaFault<Kind extends string> {
  readonly kind: Kind
  readonly service: string
  readonly partition: string
  readonly replica: string
  readonly node: string
}

export interface MoveFault<Kind extends string> {
  readonly kind: Kind
  readonly service: string
  readonly partition: string
  readonly replica: string
  readonly from: string
  readonly to: string
  readonly force: boolean
}

/** A kind of a driver's own. Eligible and kept safe as the kind of entity it disturbs. */
export interface DriverFault {
  readonly kind: 'driver'
  /** Name of the kind, as in `Cluster.kinds`. */
  readonly name: string
  readonly disturbs: 'node' | 'code-package' | 'replica'
  /** What identifies the disturbed entity: node; or code package; or replica. */
  readonly node: string
  readonly partition?: string
  readonly replica?: string
  readonly application?: string
  readonly serviceManifest?: string
  readonly activationId?: string
  readonly codePackage?: string
  readonly instanceId?: string
}

export type FaultKind = Exclude<Fault['kind'], 'driver'>

/** A fault kind that a driver brings, such as `pause-process`. */
export interface DriverFaultKind {
  readonly name: string
  readonly summary: string
  readonly disturbs: DriverFault['disturbs']
  /** Weight on the driver kinds' own die, where Service Fabric's seven together weigh 100. */
  readonly weight: number
}

/**
 * How a fault ended (3.6). `not-now` and `constraint` are the cluster's own refusals: it is unharmed, and the iteration
 * counts as good; after `not-now` another fault is chosen. `validation-failed`: a check of the cluster's health, made
 * by the fault itself, did not hold.
 */
export interface FaultOutcome {
  readonly outcome:
    | 'done'
    | 'gone'
    | 'wrong-state'
    | 'not-now'
    | 'constraint'
    | 'timeout'
    | 'transient'
    | 'validation-failed'
  /** For a person; in the event where the outcome is not `done`. */
  readonly reason?: string
}

export interface ClusterContext {
  /** Aborted with a `TimeoutError` when the time is up, with another reason when nobody wants the answer any more. */
  readonly signal: AbortSignal
  readonly log: Log
  readonly clock: Clock
}

/** For `inject`: whatever it harms is registered for undo before the harm. */
export interface FaultContext extends ClusterContext {
  undo(func: string, args: JsonValue): Promise<RegisteredUndo>
}

/** A connected target of continuous chaos. */
export interface Cluster {
  /** Which of the seven kinds have an honest counterpart here. Absent: all. */
  readonly faults?: readonly FaultKind[]
  readonly kinds?: readonly DriverFaultKind[]
  /** One consistent picture. Rejects when there is none to be had. */
  snapshot(context: ClusterContext): Promise<ClusterSnapshot>
  /** Why the cluster or its infrastructure is upgrading; undefined when it is not. Rejects when that cannot be found out. */
  upgrading(context: ClusterContext): Promise<string | undefined>
  /** Carries one fault out and resolves when it is done (6). Rejects only for what is a bug. */
  inject(fault: Fault, context: FaultContext): Promise<FaultOutcome>
  /** Puts the cluster into its first state; a simulator or a lab can. */
  reset?(context: ClusterContext): Promise<void>
  /** Lets go of connections; what runs goes on running. */
  close?(): Promise<void>
}

/** Reaches the targets of continuous chaos that installed drivers bring. */
export interface ClusterAccess {
  /**
   * Connects to a target by its name. What its faults register is undone by the driver that brings it, whatever `undo`
   * the caller hands to `inject`. Rejects with `SQUALL_TARGET_UNKNOWN`, `SQUALL_TARGET_OPTIONS`, `SQUALL_DRIVER_BROKEN`
   * or why the target cannot be reached.
   */
  connect(target: string, options: JsonObject): Promise<Cluster>
}

/** A kind of cluster a driver can connect to: a target of `squall chaos`. */
// biome-ignore lint/suspicious/noExplicitAny: the registry forgets option types, as for Activity
export interface ClusterType<Options = any> {
  readonly summary: string
  readonly options: StandardSchema<unknown, Options>
  connect(
    options: Options,
    context: ClusterContext & {
      readonly directory: string
      readonly environment: Readonly<Record<string, string | undefined>>
    },
  ): Promise<Cluster>
}
