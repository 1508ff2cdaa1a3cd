import type { JsonObject } from '@squall/contract'

/** An event as the wire has it (8.1). */
export interface WireEvent {
  readonly Kind: string
  readonly TimeStampUtc: string
  readonly Reason?: string
  readonly Faults?: readonly string[]
  readonly ChaosParameters?: JsonObject
}

/** What `GET /Tools/Chaos` answers. */
export interface WireStatus {
  readonly Status: string
  readonly ScheduleStatus?: string
  readonly ChaosParameters?: JsonObject
}

/** The members of `GET /$/GetClusterHealth` that say whether a cluster is well. */
export interface WireHealth {
  readonly AggregatedHealthState: string
  readonly UnhealthyEvaluations?: readonly JsonObject[]
}

/** From when until when, both ends included; milliseconds since 1970. */
export interface WireRange {
  readonly since?: number
  readonly until?: number
}
