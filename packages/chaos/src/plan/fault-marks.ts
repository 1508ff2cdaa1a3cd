import {
  type CodePackageEntry,
  mark,
  type NodeEntry,
  type PartitionEntry,
  type ReplicaEntry,
  toleranceOf,
} from './entries.ts'
import type { RuleName } from './rule-names.ts'
import { markAllUnsafe, partitionText } from './snapshot-marks.ts'

/** What a chosen fault does to the flags (5.4). What is chosen later in the iteration sees them. */
export class FaultMarks {
  readonly #without: ReadonlySet<RuleName>

  constructor(without: ReadonlySet<RuleName>) {
    this.#without = without
  }

  /** F1: a replica that is removed or restarted. */
  replicaFaulted(replica: ReplicaEntry, about: () => string): void {
    if (this.#without.has('F1')) return
    const { codePackage, node, partition } = replica
    mark(replica, { flag: 'faulted', rule: 'F1', about })
    mark(node, { flag: 'unavailable', rule: 'F1', about })
    if (codePackage) mark(codePackage, { flag: 'unavailable', rule: 'F1', about })
    if (toleranceOf(partition) <= 0) markAllUnsafe(partition, 'F1', exhausted(partition))
  }

  /** F2: one that is moved; a replica of the partition at the destination is used up as well. */
  replicaMoved(replica: ReplicaEntry, to: NodeEntry, about: () => string): void {
    if (this.#without.has('F2')) return
    this.replicaFaulted(replica, about)
    mark(to, { flag: 'unavailable', rule: 'F2', about })
    const there = to.replicas.get(replica.partition)
    if (there) this.replicaFaulted(there, about)
  }

  /** F3: a code package that is restarted, with all it hosts. */
  codePackageRestarted(entry: CodePackageEntry, about: () => string): void {
    if (this.#without.has('F3')) return
    for (const replica of entry.replicas) this.replicaFaulted(replica, about)
    mark(entry.node, { flag: 'unavailable', rule: 'F3', about })
    mark(entry, { flag: 'faulted', rule: 'F3', about })
  }

  /** F4: a node that is restarted, with all its code packages. */
  nodeRestarted(node: NodeEntry, about: () => string): void {
    if (this.#without.has('F4')) return
    for (const entry of node.codePackages) this.codePackageRestarted(entry, about)
    for (const replica of node.replicas.values()) {
      if (replica.flags === 0) this.replicaFaulted(replica, about)
    }
    mark(node, { flag: 'faulted', rule: 'F4', about })
  }
}

function exhausted(partition: PartitionEntry): () => string {
  return () => `${partitionText(partition)}, which tolerates no more faults in this iteration`
}
