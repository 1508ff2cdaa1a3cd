import type { ClusterPartition, ClusterReplica, ClusterSnapshot, Fault, Random } from '@squall/contract'
import { touchedBy } from '../src/safety/touched.ts'

/**
 * The least that a cluster has to do for quorum and data to be at stake: what is disturbed goes down at once, its data
 * with it unless it is kept on disk, and comes back in its own time.
 */
export class SmallWorld {
  #snapshot: ClusterSnapshot
  readonly #chance: Random
  /** Partitions that had a quorum, and all their data, to begin with. */
  readonly #sound: ReadonlySet<string>
  /** Replicas whose data is gone until they are built again. */
  readonly #empty = new Set<string>()

  /** Partitions of `unprotected` applications may lose what they like. */
  constructor(snapshot: ClusterSnapshot, chance: Random, unprotected: readonly string[]) {
    this.#snapshot = snapshot
    this.#chance = chance
    const isProtected = ({ service }: ClusterPartition): boolean =>
      !unprotected.some((application) => service.startsWith(`${application}/`))
    const ids = snapshot.partitions.filter(isProtected).map(({ id }) => id)
    this.#sound = new Set(ids.filter((id) => this.#ready(id) >= this.#quorum(id)))
  }

  get snapshot(): ClusterSnapshot {
    return this.#snapshot
  }

  /** Carries the faults out, all at the same time, and tells what was lost. */
  suffer(faults: readonly Fault[]): readonly string[] {
    const touched = touchedBy(this.#snapshot, faults)
    const disturbed = new Set(touched.flatMap(({ replicas }) => replicas))
    const isKept = this.#keptBy(touched)
    for (const replica of disturbed) if (!isKept(replica)) this.#empty.add(replica.id)
    this.#change((replica) => (disturbed.has(replica) ? { ...replica, status: 'Down' } : replica))
    this.#move(faults)
    return [...this.#sound].flatMap((id) => this.#losses(id))
  }

  /** Some of what is down comes back, and is built from the replicas that have the data. */
  recover(): void {
    this.#change((replica) => {
      if (replica.status === 'Ready' || this.#chance.next() < 0.4) return replica
      if (this.#snapshot.nodes.some(({ name, isUp }) => name === replica.node && !isUp)) return replica
      if (replica.status === 'Down' && this.#empty.has(replica.id)) return { ...replica, status: 'InBuild' }
      this.#empty.delete(replica.id)
      return { ...replica, status: 'Ready' }
    })
  }

  #losses(id: string): readonly string[] {
    const quorum = this.#quorum(id)
    const ready = this.#ready(id)
    const withData = this.#of(id).filter((replica) => !this.#empty.has(replica.id)).length
    return [
      ...(ready < quorum ? [`quorum loss: ${id} has ${ready} ready replicas of ${quorum}`] : []),
      ...(quorum > 0 && withData < quorum ? [`data loss: ${withData} replicas of ${id} have data`] : []),
    ]
  }

  /** A restarted replica of a service that keeps its state on disk has its data still; a removed one has not. */
  #keptBy(touched: ReturnType<typeof touchedBy>): (replica: ClusterReplica) => boolean {
    const removed = new Set(
      touched.flatMap(({ fault, replicas }) => (fault.kind === 'remove-replica' ? replicas : [])),
    )
    const persisted = new Set(
      this.#snapshot.services.filter(({ hasPersistedState }) => hasPersistedState).map(({ name }) => name),
    )
    const keeps = new Set(
      this.#snapshot.partitions.filter(({ service }) => persisted.has(service)).map(({ id }) => id),
    )
    return (replica) => keeps.has(replica.partition) && !removed.has(replica)
  }

  #move(faults: readonly Fault[]): void {
    const moves = new Map(
      faults.flatMap((fault) =>
        'to' in fault ? [[`${fault.partition} ${fault.replica}`, fault] as const] : [],
      ),
    )
    const occupied = new Set(this.#snapshot.replicas.map(({ partition, node }) => `${partition} ${node}`))
    this.#change((replica) => {
      const move = moves.get(`${replica.partition} ${replica.id}`)
      const isFree = move && !occupied.has(`${replica.partition} ${move.to}`)
      return isFree ? { ...replica, node: move.to } : replica
    })
    this.#host()
  }

  /** A code package is wherever its partition has a replica. */
  #host(): void {
    const known = new Map(this.#snapshot.codePackages.map((each) => [each.hosts[0] ?? '', each]))
    const hosting = this.#snapshot.replicas.flatMap((replica) => {
      const codePackage = known.get(replica.partition)
      return codePackage ? [{ ...codePackage, node: replica.node }] : []
    })
    this.#snapshot = { ...this.#snapshot, codePackages: hosting }
  }

  #change(change: (replica: ClusterReplica) => ClusterReplica): void {
    this.#snapshot = { ...this.#snapshot, replicas: this.#snapshot.replicas.map(change) }
  }

  #of(partition: string): readonly ClusterReplica[] {
    return this.#snapshot.replicas.filter((replica) => replica.partition === partition)
  }

  #ready(partition: string): number {
    return this.#of(partition).filter(({ status }) => status === 'Ready').length
  }

  #quorum(partition: string): number {
    const found = this.#snapshot.partitions.find(({ id }) => id === partition)
    const service = this.#snapshot.services.find(({ name }) => name === found?.service)
    return found && service?.kind === 'stateful' ? Math.floor(found.targetSize / 2) + 1 : 0
  }
}
