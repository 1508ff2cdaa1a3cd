import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs'
import path from 'node:path'
import { here } from '../requirements.ts'
import type { Manifest } from './packed.ts'

/** A package of somebody else's, as it lies in the workspace's own `node_modules`. */
export interface InstalledPackage {
  readonly folder: string
  readonly manifest: Manifest
}

const root = path.join(here, '..')

/**
 * What our packages depend on, and what that depends on: everything a user's npm would have to fetch. `tools` are what
 * a user's project asks for itself, of those the workspace has.
 */
export function thirdPartyPackages(tools: readonly string[] = []): readonly InstalledPackage[] {
  const found = new Map<string, InstalledPackage>()
  const ours = readdirSync(path.join(root, 'packages')).map((name) => path.join(root, 'packages', name))
  for (const folder of ours) addDependencies(folder, found)
  // For the compiler in a user's project.
  for (const tool of ['@types/node', ...tools]) add(dependencyFolder(root, tool), found)
  return [...found.values()]
}

function addDependencies(folder: string, found: Map<string, InstalledPackage>): void {
  const { dependencies, optionalDependencies } = manifestOf(folder)
  for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
    add(dependencyFolder(folder, name), found)
  }
}

function add(folder: string | undefined, found: Map<string, InstalledPackage>): void {
  const isOurs = folder !== undefined && !folder.includes('node_modules')
  if (folder === undefined || isOurs || found.has(folder)) return
  found.set(folder, { folder, manifest: manifestOf(folder) })
  addDependencies(folder, found)
}

/** Where Node would find the package from there, if it is installed: optional ones need not be. */
function dependencyFolder(from: string, name: string): string | undefined {
  const folder = path.join(from, 'node_modules', name)
  if (existsSync(path.join(folder, 'package.json'))) return realpathSync(folder)
  return from === path.dirname(from) ? undefined : dependencyFolder(path.dirname(from), name)
}

function manifestOf(folder: string): Manifest {
  return JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as Manifest
}
