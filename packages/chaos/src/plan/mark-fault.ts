import type { Fault } from '@squall/contract'
import { faultText } from '../faults/fault-text.ts'
import type { ClusterView } from './cluster-view.ts'
import type { CodePackageEntry, NodeEntry, ReplicaEntry } from './entries.ts'
import type { FaultMarks } from './fault-marks.ts'

type Place = Readonly<Partial<Record<'serviceManifest' | 'activationId' | 'codePackage', string>>> & {
  readonly node: string
}

/** Sets the marks of a fault that is known by its names. One whose entity the view does not have marks nothing. */
export function markFault(view: ClusterView, marks: FaultMarks, fault: Fault): void {
  const about = (): string => faultText(fault)
  const kind = fault.kind === 'driver' ? fault.disturbs : fault.kind
  if (kind === 'restart-node' || kind === 'node') {
    const node = nodeNamed(view, (fault as Place).node)
    if (node) marks.nodeRestarted(node, about)
    return
  }
  if (kind === 'restart-code-package' || kind === 'code-package') {
    const entry = codePackageAt(view, fault as Place & { application: string })
    if (entry) marks.codePackageRestarted(entry, about)
    return
  }
  const { partition = '', replica: id } = fault as { partition?: string; replica?: string }
  const replica = replicaOf(view, partition, id)
  if (!replica) return
  const to = 'to' in fault ? nodeNamed(view, fault.to) : undefined
  if (to) marks.replicaMoved(replica, to, about)
  else marks.replicaFaulted(replica, about)
}

export function nodeNamed({ nodes }: ClusterView, name: string): NodeEntry | undefined {
  return nodes.find(({ node }) => node.name === name)
}

export function replicaOf(
  { partitions }: ClusterView,
  partition: string,
  id: string | undefined,
): ReplicaEntry | undefined {
  const entry = partitions.find((each) => each.partition.id === partition)
  return entry?.replicas.find(({ replica }) => replica.id === id)
}

function codePackageAt(
  view: ClusterView,
  place: Place & { application: string },
): CodePackageEntry | undefined {
  return nodeNamed(view, place.node)?.codePackages.find(
    ({ codePackage }) =>
      codePackage.application === place.application &&
      codePackage.serviceManifest === place.serviceManifest &&
      codePackage.activationId === place.activationId &&
      codePackage.name === place.codePackage,
  )
}
