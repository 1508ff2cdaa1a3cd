/** What a run of chaos does (service-fabric-chaos 2.1). */
export interface ChaosParameters {
  /** Seconds from the start to the end of the run. @defaultValue 4294967295 */
  readonly timeToRunSeconds: number
  /** Seconds the cluster may take to become healthy and stable before an iteration. @defaultValue 60 */
  readonly maxClusterStabilizationTimeoutSeconds: number
  /** Faults of one iteration at most; 0 means none. @defaultValue 1 */
  readonly maxConcurrentFaults: number
  /** Whether replicas and instances are moved between nodes. @defaultValue true */
  readonly enableMoveReplicaFaults: boolean
  /** Seconds: each fault waits a random part of them. @defaultValue 20 */
  readonly waitTimeBetweenFaultsSeconds: number
  /** Seconds. @defaultValue 30 */
  readonly waitTimeBetweenIterationsSeconds: number
  readonly clusterHealthPolicy: ClusterHealthPolicy
  /** Kept and shown; some keys are controls too (2.5). */
  readonly context: Readonly<Record<string, string>>
  /** Absent: everything is a target. */
  readonly targetFilter?: ChaosTargetFilter
}

/** When the cluster counts as unhealthy (2.2). */
export interface ClusterHealthPolicy {
  /** @defaultValue false in a policy that is given, true when none is given */
  readonly considerWarningAsError: boolean
  /** @defaultValue 0 */
  readonly maxPercentUnhealthyNodes: number
  /** @defaultValue 0 */
  readonly maxPercentUnhealthyApplications: number
  /** Percentages for the applications of a type. */
  readonly applicationTypes?: readonly TypePercentage[]
  /** Percentages for the nodes of a type: kept and shown, of no effect. */
  readonly nodeTypes?: readonly TypePercentage[]
}

export interface TypePercentage {
  readonly type: string
  /** 0 to 100. */
  readonly percent: number
}

/** What may be faulted: whatever either list includes (2.3). At least one of them has entries. */
export interface ChaosTargetFilter {
  readonly nodeTypes: readonly string[]
  readonly applications: readonly string[]
}

/** The largest number of the wire format's 32 bits. */
export const largestNumber = 4_294_967_295

export const defaultChaosParameters: ChaosParameters = {
  timeToRunSeconds: largestNumber,
  maxClusterStabilizationTimeoutSeconds: 60,
  maxConcurrentFaults: 1,
  enableMoveReplicaFaults: true,
  waitTimeBetweenFaultsSeconds: 20,
  waitTimeBetweenIterationsSeconds: 30,
  clusterHealthPolicy: {
    considerWarningAsError: true,
    maxPercentUnhealthyNodes: 0,
    maxPercentUnhealthyApplications: 0,
  },
  context: {},
}
