import { build, silence, takeDown } from '../state/replicas.ts'
import type { SimCodePackage, World } from '../state/world.ts'
import type { Begun } from './begun.ts'
import { type CodePackageAddress, findCodePackage, isRefusal } from './find.ts'

export function restartCodePackage(world: World, at: CodePackageAddress): Begun {
  const codePackage = findCodePackage(world, at)
  if (isRefusal(codePackage)) return codePackage
  codePackage.isRunning = false
  for (const replica of [...codePackage.replicas]) takeDown(world, replica)
  const { instance } = codePackage
  world.later('codePackageRestart', () => {
    // A restart of the node came first.
    if (codePackage.instance !== instance || !codePackage.node.isUp) return
    codePackage.instance = world.nextId()
    reopen(world, codePackage)
  })
  return { doneAfter: 'codePackageRestart' }
}

/** The driver-defined kind: the program is frozen for a while, answers nothing, and keeps what it has. */
export function pauseProcess(world: World, at: CodePackageAddress): Begun {
  const codePackage = findCodePackage(world, at)
  if (isRefusal(codePackage)) return codePackage
  codePackage.isRunning = false
  for (const replica of [...codePackage.replicas]) silence(world, replica)
  const { instance } = codePackage
  world.later('pause', () => {
    if (codePackage.instance === instance && codePackage.node.isUp) reopen(world, codePackage)
  })
  return { doneAfter: 'pause' }
}

function reopen(world: World, codePackage: SimCodePackage): void {
  codePackage.isRunning = true
  for (const replica of codePackage.replicas) {
    if (replica.status === 'Down') build(world, replica)
  }
}
