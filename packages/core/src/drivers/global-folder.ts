import { promises } from 'node:fs'
import path from 'node:path'
import { hasPackageJson, upwards } from './upward-folders.ts'

/** Where packages lie beside a command that was installed globally. */
export type GlobalFolder =
  /** npm keeps every global package in one `node_modules` that no package.json declares. */
  | { readonly packages: readonly string[] }
  /** pnpm, yarn and bun keep a package.json of what was installed globally. */
  | { readonly declaredIn: string }

/** The global folder that a command lies in; undefined for one that belongs to a project. */
export async function globalFolder(commandFolder: string): Promise<GlobalFolder | undefined> {
  for (const folder of upwards(commandFolder)) {
    if (isGlobalProject(folder) && hasPackageJson(folder)) return { declaredIn: folder }
  }
  const parts = commandFolder.split(path.sep)
  const container = parts.slice(0, parts.lastIndexOf('node_modules')).join(path.sep)
  // A project's own node_modules has a package.json beside it and is covered by its declared dependencies.
  if (!npmContainers.includes(path.basename(container)) || hasPackageJson(container)) return undefined
  return { packages: await packagesIn(path.join(container, 'node_modules')) }
}

/** `PREFIX/lib/node_modules`, and on Windows `npm\node_modules` or `nodejs\node_modules`. */
const npmContainers: readonly string[] = ['lib', 'npm', 'nodejs']

/** `.../global` (yarn, bun), `.../global/5` (pnpm). */
function isGlobalProject(folder: string): boolean {
  const name = path.basename(folder)
  return name === 'global' || (/^\d+$/.test(name) && path.basename(path.dirname(folder)) === 'global')
}

async function packagesIn(modules: string): Promise<string[]> {
  const nested = await Promise.all(
    (await namesIn(modules)).map(async (name) =>
      name.startsWith('@')
        ? (await namesIn(path.join(modules, name))).map((scoped) => `${name}/${scoped}`)
        : [name],
    ),
  )
  return nested.flat().map((name) => path.join(modules, name))
}

async function namesIn(folder: string): Promise<string[]> {
  // A file among the packages holds none.
  const names = await promises.readdir(folder).catch(() => [])
  return names.filter((name) => !name.startsWith('.')).sort()
}
