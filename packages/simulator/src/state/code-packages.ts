import type { SimCodePackage, SimNode, SimService, World } from './world.ts'

/** The program of a service on a node, started when it is not there yet. */
export function codePackageOn(world: World, node: SimNode, service: SimService): SimCodePackage {
  const key = keyOf(service)
  const existing = node.packages.get(key)
  if (existing) return existing
  const added: SimCodePackage = {
    node,
    application: service.application,
    manifest: service.manifest,
    name: service.codePackage,
    instance: world.nextId(),
    isRunning: true,
    replicas: new Set(),
  }
  node.packages.set(key, added)
  return added
}

/** Plans the end of a program that hosts nothing. */
export function deactivateWhenIdle(world: World, codePackage: SimCodePackage): void {
  if (codePackage.replicas.size > 0) return
  const key = keyOf({ ...codePackage, codePackage: codePackage.name })
  const { packages } = codePackage.node
  world.later('deactivation', () => {
    // It may have been ended already by an earlier plan, and another one may run in its place.
    if (codePackage.replicas.size === 0 && packages.get(key) === codePackage) packages.delete(key)
  })
}

function keyOf(of: Pick<SimService, 'application' | 'manifest' | 'codePackage'>): string {
  return `${of.application.name} ${of.manifest} ${of.codePackage}`
}
