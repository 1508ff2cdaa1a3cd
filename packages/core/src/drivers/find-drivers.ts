import { realpath, stat } from 'node:fs/promises'
import path from 'node:path'
import { isObject, SquallError } from '@squall/contract'
import type { DriverPackage } from './driver-package.ts'
import { readDriverPackage, readPackageJson } from './read-package.ts'

export interface FindDriversOptions {
  /** The folder of the package the command belongs to: its dependencies are the drivers that came with it. */
  readonly commandFolder?: string
  /** Folders from which to walk up: the experiment's and the working directory. */
  readonly from: readonly string[]
  /** Packages or folders named in settings, then on the command line; later ones win. */
  readonly named?: readonly string[]
}

/**
 * Finds installed drivers without running their code (design: discovery). Later places win over earlier ones of the
 * same package name: what came with the command, direct dependencies of each package.json from the given folders upwards,
 * what lies beside a globally installed command, and what was named.
 */
export async function findDrivers(options: FindDriversOptions): Promise<DriverPackage[]> {
  const found = new Map<string, DriverPackage>()
  const add = (drivers: readonly DriverPackage[]): void => {
    for (const driver of drivers) found.set(driver.name, driver)
  }
  if (options.commandFolder !== undefined) {
    add(await driversOfDependencies(options.commandFolder))
  }
  for (const folder of options.from) {
    const parents = await packageFolders(folder)
    // The nearest package.json has the last word.
    for (const parent of parents.reverse()) add(await driversOfDependencies(parent))
  }
  if (options.commandFolder !== undefined) add(await globalSiblings(options.commandFolder))
  const start = options.from.at(-1) ?? options.commandFolder ?? '/'
  for (const name of options.named ?? []) add([await namedDriver(name, start)])
  return [...found.values()]
}

const kinds = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'] as const

async function driversOfDependencies(folder: string): Promise<DriverPackage[]> {
  const json = await readPackageJson(folder)
  const names = new Set(kinds.flatMap((kind) => (isObject(json?.[kind]) ? Object.keys(json[kind]) : [])))
  const drivers = await Promise.all(
    [...names].sort().map(async (name) => {
      const dependency = await findDependency(name, folder)
      return dependency === undefined ? undefined : readDriverPackage(dependency)
    }),
  )
  return drivers.filter((driver) => driver !== undefined)
}

/** Walks up `node_modules/NAME` from the folder that declares it: the way Node finds it, for every package manager. */
async function findDependency(name: string, folder: string): Promise<string | undefined> {
  for (const parent of upwards(await realpath(folder).catch(() => folder))) {
    const candidate = path.join(parent, 'node_modules', name)
    if (await isFile(path.join(candidate, 'package.json'))) return candidate
  }
  return undefined
}

/** Folders with a package.json from `folder` up to the root of its workspace or repository. */
async function packageFolders(folder: string): Promise<string[]> {
  const found: string[] = []
  for (const parent of upwards(folder)) {
    if (await isFile(path.join(parent, 'package.json'))) found.push(parent)
    if (await isRoot(parent)) break
  }
  return found
}

async function isRoot(folder: string): Promise<boolean> {
  const marks = ['.git', 'pnpm-workspace.yaml']
  const present = await Promise.all(marks.map((mark) => exists(path.join(folder, mark))))
  if (present.includes(true)) return true
  return (await readPackageJson(folder))?.['workspaces'] !== undefined
}

/** For a command in a global folder: `node_modules/squall-driver-x` beside `node_modules/squall`. */
async function globalSiblings(commandFolder: string): Promise<DriverPackage[]> {
  const modules = commandFolder.split(path.sep).lastIndexOf('node_modules')
  if (modules === -1) return []
  const container = commandFolder.split(path.sep).slice(0, modules).join(path.sep)
  // A project's own node_modules has a package.json beside it and is covered by its declared dependencies.
  if (path.basename(container) !== 'lib' || (await isFile(path.join(container, 'package.json')))) return []
  const { readdir } = await import('node:fs/promises')
  const folder = path.join(container, 'node_modules')
  const entries = (await readdir(folder)).filter((entry) => !entry.startsWith('.'))
  const nested = await Promise.all(
    entries.map(async (entry) =>
      entry.startsWith('@')
        ? (await readdir(path.join(folder, entry))).map((name) => `${entry}/${name}`)
        : [entry],
    ),
  )
  const drivers = await Promise.all(nested.flat().map((name) => readDriverPackage(path.join(folder, name))))
  return drivers.filter((driver) => driver !== undefined)
}

async function namedDriver(name: string, from: string): Promise<DriverPackage> {
  const isPath = name.startsWith('.') || path.isAbsolute(name)
  const folder = isPath ? path.resolve(from, name) : await findDependency(name, from)
  const driver = folder === undefined ? undefined : await readDriverPackage(folder)
  if (!driver) throw new SquallError('SQUALL_DRIVER_NOT_FOUND', { name, from })
  return driver
}

function* upwards(folder: string): Generator<string> {
  let current = path.resolve(folder)
  for (;;) {
    yield current
    const parent = path.dirname(current)
    if (parent === current) return
    current = parent
  }
}

async function isFile(file: string): Promise<boolean> {
  return stat(file).then(
    (found) => found.isFile(),
    () => false,
  )
}

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  )
}
