import type { Health, ReplicaRole, ReplicaStatus } from '@squall/contract'
import type { Latencies } from '../latencies.ts'
import { Timeline } from '../timeline.ts'
import type { Violation } from '../violation.ts'

// The cluster as it is, changed in place by its events. What callers see is the snapshot.

export interface SimNode {
  readonly name: string
  readonly type: string
  readonly isSeed: boolean
  /** Place in the order of names. */
  readonly index: number
  instance: bigint
  isUp: boolean
  readonly replicas: Set<SimReplica>
  readonly packages: Map<string, SimCodePackage>
}

export interface SimApplication {
  readonly name: string
  readonly type: string
  readonly isSystem: boolean
  isUpgrading: boolean
  readonly services: SimService[]
}

export interface SimService {
  readonly name: string
  readonly application: SimApplication
  readonly kind: 'stateful' | 'stateless'
  /** Stateful, with state that survives its process. */
  readonly persisted: boolean
  readonly nodeTypes: ReadonlySet<string> | undefined
  readonly manifest: string
  readonly codePackage: string
  readonly partitions: SimPartition[]
}

export interface SimPartition {
  readonly id: string
  readonly service: SimService
  readonly targetSize: number
  readonly minSize: number
  readonly replicas: Set<SimReplica>
  inQuorumLoss: boolean
  /** A fail-over, or the placement of a replica, is on the timeline. */
  electionDue: boolean
  placementDue: boolean
}

export interface SimReplica {
  readonly id: string
  readonly partition: SimPartition
  readonly node: SimNode
  readonly codePackage: SimCodePackage
  role: ReplicaRole
  status: ReplicaStatus
  /** Has every acknowledged write up to the moment it was Ready last. */
  holdsState: boolean
  /** Counts what happened to it, so that what was planned for its past is void. */
  epoch: number
  /** What waits for it to be Ready. */
  onReady?: (() => void) | undefined
}

export interface SimCodePackage {
  readonly node: SimNode
  readonly application: SimApplication
  readonly manifest: string
  readonly name: string
  instance: bigint
  isRunning: boolean
  readonly replicas: Set<SimReplica>
}

export class World {
  now: number
  latencies: Latencies
  readonly timeline = new Timeline()
  /** Sorted by name. */
  readonly nodes: SimNode[] = []
  readonly applications: SimApplication[] = []
  readonly partitions = new Map<string, SimPartition>()
  readonly violations: Violation[] = []
  /** Health set from outside, by `node NAME`, `application NAME`, `service NAME`, `partition ID`, `package ...`. */
  readonly health = new Map<string, Health>()
  /** Where the search for a place begins; moves on with each placement. */
  cursor: number
  #ids = 131_000_000_000_000_000n

  constructor(now: number, latencies: Latencies, cursor: number) {
    this.now = now
    this.latencies = latencies
    this.cursor = cursor
  }

  /** Ids and instance numbers look like the original's: large integers that grow. */
  nextId(): bigint {
    this.#ids += 1n
    return this.#ids
  }

  /** Nothing takes less than a millisecond: what is tried again must not keep time from passing. */
  later(latency: keyof Latencies, happen: () => void): void {
    this.timeline.add(this.now + Math.max(1, this.latencies[latency]), happen)
  }

  /** Lets happen what was due until `time`. */
  advanceTo(time: number): void {
    for (let next = this.timeline.next; next !== undefined && next <= time; next = this.timeline.next) {
      this.now = next
      this.timeline.take()?.happen()
    }
    this.now = Math.max(this.now, time)
  }
}
