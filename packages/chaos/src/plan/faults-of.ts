import type { DriverFault, DriverFaultKind, Fault, MoveFault, ReplicaFault } from '@squall/contract'
import type { CodePackageEntry, Entry, NodeEntry, ReplicaEntry } from './entries.ts'

export type MoveKind = 'move-primary' | 'move-secondary' | 'move-instance'
export type ReplicaKind = 'restart-replica' | 'remove-replica'

/** Names the restart of a node, at the instance of the snapshot. */
export function nodeRestart({ node }: NodeEntry): Fault {
  return { kind: 'restart-node', node: node.name, instanceId: node.instanceId }
}

export function codePackageRestart({ codePackage }: CodePackageEntry): Fault {
  const { node, application, serviceManifest, activationId, name, instanceId } = codePackage
  const place = { node, application, serviceManifest, activationId }
  return { kind: 'restart-code-package', ...place, codePackage: name, instanceId }
}

export function replicaFault<Kind extends ReplicaKind>(kind: Kind, entry: ReplicaEntry): ReplicaFault<Kind> {
  const { replica, partition } = entry
  const { id, node } = replica
  return { kind, service: partition.service.name, partition: partition.partition.id, replica: id, node }
}

export function moveFault<Kind extends MoveKind>(
  kind: Kind,
  entry: ReplicaEntry,
  to: NodeEntry,
  force: boolean,
): MoveFault<Kind> {
  const { replica, partition } = entry
  const which = { service: partition.service.name, partition: partition.partition.id, replica: replica.id }
  return { kind, ...which, from: replica.node, to: to.node.name, force }
}

/** Names a fault of a driver's kind by the entity it disturbs. */
export function driverFault({ name, disturbs }: DriverFaultKind, entry: Entry): DriverFault {
  return { kind: 'driver', name, disturbs, ...identityOf(entry) }
}

function identityOf(entry: Entry): Omit<DriverFault, 'kind' | 'name' | 'disturbs'> {
  if (entry.of === 'node') return { node: entry.node.name, instanceId: entry.node.instanceId }
  if (entry.of === 'replica') {
    const { id, partition, node } = entry.replica
    return { node, partition, replica: id }
  }
  const { node, application, serviceManifest, activationId, name, instanceId } = entry.codePackage
  return { node, application, serviceManifest, activationId, codePackage: name, instanceId }
}
