import { existsSync, readFileSync, realpathSync } from 'node:fs'
import path from 'node:path'

/**
 * What npm installs for a package of the workspace: itself, and what it needs, and what that needs, as it lies in
 * `node_modules`. Optional dependencies belong to it where they are installed; of the peers, those that are not optional.
 */
export function installedClosure(folder) {
  const found = new Map()
  add(realpathSync(folder), found)
  return [...found].map(([folder, manifest]) => ({ folder, manifest }))
}

function add(folder, found) {
  if (found.has(folder)) return
  const manifest = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'))
  found.set(folder, manifest)
  for (const name of neededBy(manifest)) {
    const needed = dependencyFolder(folder, name)
    if (needed !== undefined) add(needed, found)
    else if (!(name in (manifest.optionalDependencies ?? {})))
      throw new Error(`${manifest.name} needs ${name}, which is not installed in the workspace.`)
  }
}

function neededBy({ dependencies, optionalDependencies, peerDependencies = {}, peerDependenciesMeta = {} }) {
  const peers = Object.keys(peerDependencies).filter((name) => !peerDependenciesMeta[name]?.optional)
  return [...Object.keys({ ...dependencies, ...optionalDependencies }), ...peers]
}

/** Where Node would find the package from there, if it is installed. */
export function dependencyFolder(from, name) {
  const folder = path.join(from, 'node_modules', name)
  if (existsSync(path.join(folder, 'package.json'))) return realpathSync(folder)
  return from === path.dirname(from) ? undefined : dependencyFolder(path.dirname(from), name)
}
