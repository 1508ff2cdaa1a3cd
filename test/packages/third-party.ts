import { readdirSync } from 'node:fs'
import path from 'node:path'
import { here } from '../requirements.ts'
import { dependencyFolder, installedClosure } from './installed-closure.mjs'
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
  const ours = readdirSync(path.join(root, 'packages')).map((name) => path.join(root, 'packages', name))
  // For the compiler in a user's project.
  const asked = ['@types/node', ...tools].flatMap((tool) => dependencyFolder(root, tool) ?? [])
  const installed = [...ours, ...asked].flatMap((folder) => installedClosure(folder))
  const theirs = installed.filter(({ folder }) => folder.includes('node_modules'))
  return [...new Map(theirs.map((found) => [found.folder, found])).values()] as InstalledPackage[]
}
