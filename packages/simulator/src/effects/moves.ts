import type { Fault, FaultOutcome } from '@squall/contract'
import { hasReplicaOn, mayHost } from '../state/placement.ts'
import { buildOn, drop, settle } from '../state/replicas.ts'
import type { SimNode, SimReplica, World } from '../state/world.ts'
import { type Begun, refused } from './begun.ts'
import { findNode, findReplica, isRefusal } from './find.ts'

type Move = Extract<Fault, { kind: 'move-primary' | 'move-secondary' | 'move-instance' }>

const roles = {
  'move-primary': 'Primary',
  'move-secondary': 'ActiveSecondary',
  'move-instance': 'None',
} as const

export function move(world: World, fault: Move): Begun {
  const replica = findReplica(world, { ...fault, node: fault.from })
  if (isRefusal(replica)) return replica
  if (replica.role !== roles[fault.kind]) {
    return refused('wrong-state', `Replica ${replica.id} on ${fault.from} is ${replica.role} by now.`)
  }
  const to = destinationOf(world, fault, replica)
  if (isRefusal(to)) return to
  if (fault.kind === 'move-primary' && hasReplicaOn(replica.partition, to)) return promote(world, replica, to)
  if (hasReplicaOn(replica.partition, to)) {
    return refused('wrong-state', `${to.name} has a replica of ${replica.partition.id} already.`)
  }
  const isPrimary = fault.kind === 'move-primary'
  buildOn(world, replica.partition, to, () =>
    isPrimary ? succeed(world, replica, to) : leave(world, replica),
  )
  return {}
}

function destinationOf(world: World, fault: Move, { partition }: SimReplica): SimNode | FaultOutcome {
  const to = findNode(world, fault.to)
  if (isRefusal(to)) return to
  const { service } = partition
  if (!fault.force && !mayHost(service, to)) {
    return refused('constraint', `${service.name} may not run on nodes of type ${to.type}.`)
  }
  if (!to.isUp) return refused('not-now', `Node ${to.name} is down.`)
  if (service.application.isUpgrading) return refused('not-now', `${service.application.name} is upgrading.`)
  return to
}

/** The primary role goes to the secondary that the destination has. */
function promote(world: World, primary: SimReplica, to: SimNode): Begun {
  const successor = replicaOn(primary, to)
  if (successor?.role !== 'ActiveSecondary') {
    return refused('wrong-state', `The replica on ${to.name} is no secondary that is Ready.`)
  }
  world.later('swap', () => exchangeRoles(primary, successor))
  return { doneAfter: 'swap' }
}

/** The new replica takes the role over, and the set has one too many. */
function succeed(world: World, primary: SimReplica, to: SimNode): void {
  const successor = replicaOn(primary, to)
  if (successor) exchangeRoles(primary, successor)
  leave(world, primary)
}

function exchangeRoles(primary: SimReplica, successor: SimReplica): void {
  if (primary.role !== 'Primary' || successor.role !== 'ActiveSecondary') return
  primary.role = 'ActiveSecondary'
  successor.role = 'Primary'
}

/** Closes the replica that has been replaced, unless others are missing meanwhile. */
function leave(world: World, replica: SimReplica): void {
  const { partition } = replica
  if (!partition.replicas.has(replica)) return
  const isOneTooMany = partition.targetSize === -1 || partition.replicas.size > partition.targetSize
  if (isOneTooMany) drop(world, replica)
  settle(world, partition)
}

function replicaOn({ partition }: SimReplica, node: SimNode): SimReplica | undefined {
  return [...partition.replicas].find((one) => one.node === node)
}
