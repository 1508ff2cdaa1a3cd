import type { ClusterSnapshot, Fault } from '@squall/contract'

/** A fault as it may stand in an experiment file: instance numbers are those of the run that found it, or absent. */
export type WrittenFault = Fault | (Omit<Fault, 'instanceId'> & { readonly instanceId?: string })

/**
 * Addresses a fault that was found elsewhere to what is there now: the node or program of that name at its present
 * instance, the replica of that partition on that node whatever its id. Undefined when there is no such thing any more.
 */
export function readdressFault(written: WrittenFault, snapshot: ClusterSnapshot): Fault | undefined {
  const fault = written as Fault
  switch (fault.kind) {
    case 'restart-node': {
      const node = snapshot.nodes.find(({ name }) => name === fault.node)
      return node && { ...fault, instanceId: node.instanceId }
    }
    case 'restart-code-package': {
      const instanceId = instanceOf(fault, snapshot)
      return instanceId === undefined ? undefined : { ...fault, instanceId }
    }
    case 'driver':
      return readdressDriverFault(fault, snapshot)
    default: {
      const node = 'from' in fault ? fault.from : fault.node
      const replica = snapshot.replicas.find(
        (each) => each.partition === fault.partition && each.node === node,
      )
      return replica && { ...fault, replica: replica.id }
    }
  }
}

function readdressDriverFault(
  fault: Extract<Fault, { kind: 'driver' }>,
  snapshot: ClusterSnapshot,
): Fault | undefined {
  if (fault.disturbs === 'node') {
    const node = snapshot.nodes.find(({ name }) => name === fault.node)
    return node && { ...fault, instanceId: node.instanceId }
  }
  if (fault.disturbs === 'code-package') {
    const instanceId = instanceOf(fault, snapshot)
    return instanceId === undefined ? undefined : { ...fault, instanceId }
  }
  const { partition, node } = fault
  const replica = snapshot.replicas.find((each) => each.partition === partition && each.node === node)
  return replica && { ...fault, replica: replica.id }
}

function instanceOf(
  fault: Extract<Fault, { kind: 'restart-code-package' | 'driver' }>,
  { codePackages }: ClusterSnapshot,
): string | undefined {
  return codePackages.find(
    ({ node, application, serviceManifest, activationId, name }) =>
      node === fault.node &&
      application === fault.application &&
      serviceManifest === fault.serviceManifest &&
      activationId === (fault.activationId ?? '') &&
      name === fault.codePackage,
  )?.instanceId
}
