import type { Fault } from '@squall/contract'
import { nodeDown, nodeUp } from '../state/nodes.ts'
import type { World } from '../state/world.ts'
import { type Begun, refused } from './begun.ts'
import { findNode, isRefusal } from './find.ts'

export function restartNode(
  world: World,
  { node: name, instanceId }: Extract<Fault, { kind: 'restart-node' }>,
): Begun {
  const node = findNode(world, name)
  if (isRefusal(node)) return node
  if (!node.isUp) return refused('wrong-state', `Node ${name} is down.`)
  if (String(node.instance) !== instanceId) {
    return refused('wrong-state', `Node ${name} has restarted since: its instance is ${node.instance}.`)
  }
  nodeDown(world, node)
  const { instance } = node
  world.later('nodeRestart', () => {
    if (!node.isUp && node.instance === instance) nodeUp(world, node)
  })
  return { doneAfter: 'nodeRestart' }
}
