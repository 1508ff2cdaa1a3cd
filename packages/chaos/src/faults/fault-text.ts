import type { DriverFault, Fault, MoveFault, ReplicaFault } from '@squall/contract'

/** The text of a fault in an ExecutingFaults event (6): labels and values in the order that clients know. */
export function faultText(fault: Fault): string {
  return labelled(fieldsOf(fault))
}

type Field = readonly [label: string, value: string]

function fieldsOf(fault: Fault): readonly Field[] {
  switch (fault.kind) {
    case 'restart-node':
      return [
        ['ActionType', 'NodeRestart'],
        ['NodeName', fault.node],
        ['NodeInstanceId', fault.instanceId],
      ]
    case 'restart-code-package':
      return codePackageFields(fault)
    case 'restart-replica':
      return replicaFields('RestartReplica', fault)
    case 'remove-replica':
      return replicaFields('RemoveReplica', fault)
    case 'move-primary':
      return moveFields('MovePrimary', fault)
    case 'move-secondary':
      return moveFields('MoveSecondary', fault)
    case 'move-instance':
      return moveFields('MoveInstance', fault)
    case 'driver':
      return driverFields(fault)
  }
}

function labelled(fields: readonly Field[]): string {
  return fields.map(([label, value]) => `${label}: ${value}`).join(', ')
}

/** The full stop behind the name stands in the original's texts too. */
function codePackageFields(fault: Extract<Fault, { kind: 'restart-code-package' }>): readonly Field[] {
  const { activationId } = fault
  return [
    ['ActionType', 'CodePackageRestart'],
    ['NodeName', fault.node],
    ['ApplicationName', fault.application],
    ['ServiceManifestName', fault.serviceManifest],
    ['CodePackageName', `${fault.codePackage}.`],
    ...(activationId === '' ? [] : [['ServicePackageActivationId', activationId] as const]),
  ]
}

function replicaFields(action: string, fault: ReplicaFault<string>): readonly Field[] {
  return [
    ['ActionType', action],
    ['ServiceUri', fault.service],
    ['PartitionId', fault.partition],
    ['ReplicaId', fault.replica],
  ]
}

function moveFields(action: string, fault: MoveFault<string>): readonly Field[] {
  return [
    ['ActionType', action],
    ['ServiceUri', fault.service],
    ['PartitionId', fault.partition],
    ...(action === 'MovePrimary' ? [] : [['NodeFrom', fault.from] as const]),
    ['NodeTo', fault.to],
    ['ForceMove', fault.force ? 'True' : 'False'],
  ]
}

/** The word of a driver's kind is its name in the same spelling: `pause-process` becomes `PauseProcess`. */
function driverFields(fault: DriverFault): readonly Field[] {
  const optional: readonly (readonly [string, string | undefined])[] = [
    ['ApplicationName', fault.application],
    ['ServiceManifestName', fault.serviceManifest],
    ['CodePackageName', fault.codePackage],
    ['PartitionId', fault.partition],
    ['ReplicaId', fault.replica],
  ]
  return [
    ['ActionType', fault.name.split('-').map(capital).join('')],
    ['NodeName', fault.node],
    ...optional.flatMap(([label, value]) => (value === undefined ? [] : [[label, value] as const])),
  ]
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}
