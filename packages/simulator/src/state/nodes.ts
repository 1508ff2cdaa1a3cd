import { build, settle, takeDown } from './replicas.ts'
import type { SimNode, World } from './world.ts'

/** All processes of the node end at once. */
export function nodeDown(world: World, node: SimNode): void {
  node.isUp = false
  for (const codePackage of node.packages.values()) codePackage.isRunning = false
  for (const replica of [...node.replicas]) takeDown(world, replica)
}

/** The node and its programs come back under new instance numbers; what was kept is opened again. */
export function nodeUp(world: World, node: SimNode): void {
  node.isUp = true
  node.instance = world.nextId()
  for (const codePackage of node.packages.values()) {
    codePackage.instance = world.nextId()
    codePackage.isRunning = true
  }
  for (const replica of node.replicas) build(world, replica)
  for (const partition of world.partitions.values()) {
    const mayWantIt = partition.targetSize === -1 || partition.replicas.size < partition.targetSize
    if (mayWantIt) settle(world, partition)
  }
}
