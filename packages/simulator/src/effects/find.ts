import type { FaultOutcome } from '@squall/contract'
import type { SimCodePackage, SimNode, SimReplica, World } from '../state/world.ts'
import { refused } from './begun.ts'

// Finds what a fault means, or says in the cluster's words why it cannot be had.

export function findNode(world: World, name: string): SimNode | FaultOutcome {
  return world.nodes.find((node) => node.name === name) ?? refused('gone', `There is no node ${name}.`)
}

export interface CodePackageAddress {
  readonly node: string
  readonly application: string
  readonly serviceManifest: string
  readonly codePackage: string
  readonly instanceId: string
}

export function findCodePackage(world: World, at: CodePackageAddress): SimCodePackage | FaultOutcome {
  const node = findNode(world, at.node)
  if (isRefusal(node)) return node
  const found = node.packages.get(`${at.application} ${at.serviceManifest} ${at.codePackage}`)
  const what = `${at.codePackage} of ${at.application} on ${at.node}`
  if (!found) return refused('gone', `There is no code package ${what}.`)
  if (String(found.instance) !== at.instanceId) {
    return refused('gone', `The instance ${at.instanceId} of ${what} is gone: it has restarted since.`)
  }
  return found.isRunning ? found : refused('wrong-state', `The code package ${what} does not run.`)
}

export interface ReplicaAddress {
  readonly partition: string
  readonly replica: string
  readonly node: string
}

/** A Ready replica; one that is not cannot be faulted. */
export function findReplica(world: World, at: ReplicaAddress): SimReplica | FaultOutcome {
  const partition = world.partitions.get(at.partition)
  if (!partition) return refused('gone', `There is no partition ${at.partition}.`)
  const replica = [...partition.replicas].find(({ id, node }) => id === at.replica && node.name === at.node)
  if (!replica) return refused('gone', `There is no replica ${at.replica} of ${at.partition} on ${at.node}.`)
  if (replica.status === 'Ready') return replica
  return refused('wrong-state', `Replica ${at.replica} of ${at.partition} is ${replica.status}.`)
}

export function isRefusal(found: object): found is FaultOutcome {
  return 'outcome' in found
}
