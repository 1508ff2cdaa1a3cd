/** Options that the commands of continuous chaos share, as commander hands them over. */
export interface TargetOptions {
  readonly target: string
  readonly targetOption: readonly string[]
  readonly topology?: string
  readonly seed?: number
  readonly driver: readonly string[]
}

export interface EngineOptions {
  readonly gate: 'documented' | 'engine'
  readonly backoff: 'documented' | 'engine'
  /** Seconds. */
  readonly snapshotPause: number
  readonly maxEvents: number
  /** Seconds. */
  readonly cleanupInterval: number
  readonly dry?: boolean
}

export interface ParameterOptions {
  readonly timeToRun?: number
  readonly maxClusterStabilization?: number
  readonly maxConcurrentFaults?: number
  readonly disableMoveReplicaFaults?: boolean
  readonly waitTimeBetweenFaults?: number
  readonly waitTimeBetweenIterations?: number
  readonly chaosTargetFilter?: string
  readonly clusterHealthPolicy?: string
  readonly context?: string
  readonly parameters?: string
  readonly includeKinds?: readonly string[]
  readonly excludeKinds?: readonly string[]
  readonly weights?: readonly string[]
  readonly exclude?: string
}

export interface ServerOptions {
  readonly server: string
}

export interface TokenOptions {
  readonly token?: string
  readonly store?: string
}
