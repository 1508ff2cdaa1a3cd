import { readdirSync, statSync } from 'node:fs'
import path from 'node:path'
import { installedClosure } from '../packages/installed-closure.mjs'

/**
 * What each packed package brings to a project: `dependencies` counts the other packages that npm installs for it, and
 * `bytes` is the length of all their files together with its own.
 */
export function footprints(packages) {
  const packed = new Map(packages.map(({ name, folder }) => [name, folder]))
  return Object.fromEntries(
    packages.map(({ name, source }) => {
      const installed = installedClosure(source)
      const folders = installed.map(({ folder, manifest }) => packed.get(manifest.name) ?? folder)
      const bytes = folders.reduce((sum, folder) => sum + bytesOf(folder), 0)
      return [name, { bytes, dependencies: installed.length - 1 }]
    }),
  )
}

/** The length of a package's own files. */
export function bytesOf(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => name !== 'node_modules')
    .map((entry) => [entry, path.join(folder, entry.name)])
    .reduce((sum, [entry, file]) => sum + (entry.isDirectory() ? bytesOf(file) : statSync(file).size), 0)
}
