import type { Fault } from '@squall/contract'
import type { World } from '../state/world.ts'
import type { Begun } from './begun.ts'
import { move } from './moves.ts'
import { removeReplica, restartReplica } from './replica-faults.ts'
import { pauseProcess, restartCodePackage } from './restart-code-package.ts'
import { restartNode } from './restart-node.ts'

/** Begins what a fault asks for (6), or refuses it and changes nothing. */
export function begin(world: World, fault: Fault): Begun {
  switch (fault.kind) {
    case 'restart-node':
      return restartNode(world, fault)
    case 'restart-code-package':
      return restartCodePackage(world, fault)
    case 'restart-replica':
      return restartReplica(world, fault)
    case 'remove-replica':
      return removeReplica(world, fault)
    case 'driver':
      return pauseProcess(world, {
        node: fault.node,
        application: fault.application ?? '',
        serviceManifest: fault.serviceManifest ?? '',
        codePackage: fault.codePackage ?? '',
        instanceId: fault.instanceId ?? '',
      })
    default:
      return move(world, fault)
  }
}
