import { build, drop, takeDown } from '../state/replicas.ts'
import type { World } from '../state/world.ts'
import { type Begun, refused } from './begun.ts'
import { findReplica, isRefusal, type ReplicaAddress } from './find.ts'

/** The replica closes and opens again: same id, state kept. */
export function restartReplica(world: World, at: ReplicaAddress): Begun {
  const replica = findReplica(world, at)
  if (isRefusal(replica)) return replica
  if (!replica.partition.service.persisted) {
    return refused(
      'wrong-state',
      `${replica.partition.service.name} keeps no state that a restart would find.`,
    )
  }
  takeDown(world, replica)
  const { epoch } = replica
  world.later('replicaRestart', () => {
    if (replica.epoch === epoch && replica.codePackage.isRunning) build(world, replica)
  })
  return {}
}

/** The replica closes and its state goes with it; the cluster builds another one. */
export function removeReplica(world: World, at: ReplicaAddress): Begun {
  const replica = findReplica(world, at)
  if (isRefusal(replica)) return replica
  drop(world, replica)
  return { doneAfter: 'close' }
}
