import { codePackageOn, deactivateWhenIdle } from './code-packages.ts'
import { mayHost, placeFor } from './placement.ts'
import { primaryOf, servingCount, stateHolders, watchQuorum, watchState, writeQuorum } from './quorum.ts'
import type { SimNode, SimPartition, SimReplica, World } from './world.ts'

/** Adds a replica as it is before its building. */
export function addReplica(world: World, partition: SimPartition, node: SimNode): SimReplica {
  const codePackage = codePackageOn(world, node, partition.service)
  const replica: SimReplica = {
    id: String(world.nextId()),
    partition,
    node,
    codePackage,
    role: partition.service.kind === 'stateful' ? 'IdleSecondary' : 'None',
    status: 'InBuild',
    holdsState: false,
    epoch: 0,
  }
  for (const place of [partition, node, codePackage]) place.replicas.add(replica)
  return replica
}

/** Adds a replica and builds it; `onReady` is called once it is Ready. */
export function buildOn(world: World, partition: SimPartition, node: SimNode, onReady?: () => void): void {
  const replica = addReplica(world, partition, node)
  replica.onReady = onReady
  build(world, replica)
}

/** Lets an InBuild replica become Ready in time. */
export function build(world: World, replica: SimReplica): void {
  replica.status = 'InBuild'
  replica.role = replica.partition.service.kind === 'stateful' ? 'IdleSecondary' : 'None'
  replica.epoch += 1
  const { epoch } = replica
  world.later('build', () => {
    if (replica.epoch !== epoch) return
    // Its program builds it once it runs again; without a source it stands by until there is a primary.
    if (!replica.codePackage.isRunning) return silence(world, replica)
    if (hasSource(replica)) return becomeReady(world, replica)
    replica.status = 'Standby'
    replica.role = 'None'
  })
}

export function becomeReady(world: World, replica: SimReplica): void {
  const { partition } = replica
  replica.status = 'Ready'
  replica.holdsState = true
  if (partition.service.kind === 'stateful') {
    replica.role = stateHolders(partition) === 1 ? 'Primary' : 'ActiveSecondary'
  }
  const { onReady } = replica
  replica.onReady = undefined
  onReady?.()
  settle(world, partition)
}

/** The replica stops and keeps what it has; or, where nothing is kept, it is gone. */
export function takeDown(world: World, replica: SimReplica): void {
  const isKept = replica.partition.service.persisted && replica.holdsState
  if (!isKept) return drop(world, replica)
  silence(world, replica)
}

/** The replica answers no more, and may come back as it was. */
export function silence(world: World, replica: SimReplica): void {
  replica.epoch += 1
  replica.status = 'Down'
  replica.role = 'None'
  settle(world, replica.partition)
}

/** The replica is gone for good, and its state with it. */
export function drop(world: World, replica: SimReplica): void {
  const { partition, node, codePackage } = replica
  watchState(world, replica)
  replica.epoch += 1
  replica.status = 'Dropped'
  for (const place of [partition, node, codePackage]) place.replicas.delete(replica)
  deactivateWhenIdle(world, codePackage)
  settle(world, partition)
}

/** What a cluster does by itself after any change: watches the quorum, builds, elects, places what is missing. */
export function settle(world: World, partition: SimPartition): void {
  watchQuorum(world, partition)
  for (const replica of partition.replicas) {
    if (replica.status === 'Standby' && hasSource(replica)) build(world, replica)
  }
  electLater(world, partition)
  placeLater(world, partition)
}

function electLater(world: World, partition: SimPartition): void {
  const isNeeded = partition.service.kind === 'stateful' && !partition.inQuorumLoss && !primaryOf(partition)
  if (!isNeeded || partition.electionDue) return
  partition.electionDue = true
  world.later('failOver', () => {
    partition.electionDue = false
    if (primaryOf(partition) || servingCount(partition) < writeQuorum(partition)) return
    const successor = [...partition.replicas].find(({ role }) => role === 'ActiveSecondary')
    if (successor) successor.role = 'Primary'
    settle(world, partition)
  })
}

function placeLater(world: World, partition: SimPartition): void {
  if (partition.placementDue || partition.replicas.size >= wantedSize(world, partition)) return
  partition.placementDue = true
  world.later('placement', () => {
    partition.placementDue = false
    if (partition.replicas.size >= wantedSize(world, partition)) return
    const place = placeFor(world, partition)
    // Without a place it waits for a node to come up.
    if (!place) return
    buildOn(world, partition, place)
    placeLater(world, partition)
  })
}

/** How many replicas there are to be; -1 is one on every node that is up and allowed. */
function wantedSize(world: World, { targetSize, service }: SimPartition): number {
  if (targetSize !== -1) return targetSize
  return world.nodes.filter((node) => node.isUp && mayHost(service, node)).length
}

/** A copy is built from a primary, opened from what it kept, or begun empty when nothing of the state is left. */
function hasSource({ partition, holdsState }: SimReplica): boolean {
  if (partition.service.kind === 'stateless' || holdsState) return true
  return primaryOf(partition) !== undefined || stateHolders(partition) === 0
}
