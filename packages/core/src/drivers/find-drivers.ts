import { realpathSync } from 'node:fs'
import path from 'node:path'
import { isObject, SquallError } from '@squall/contract'
import type { DriverPackage } from './driver-package.ts'
import { globalFolder } from './global-folder.ts'
import { readDriverPackage, readPackageJson } from './read-package.ts'
import { exists, hasPackageJson, upwards } from './upward-folders.ts'

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
 * same package name: what came with the command, what lies beside a globally installed command, direct dependencies of
 * each package.json from the given folders upwards, and what was named.
 */
export async function findDrivers(options: FindDriversOptions): Promise<DriverPackage[]> {
  const found = new Map<string, DriverPackage>()
  const add = (drivers: readonly DriverPackage[]): void => {
    for (const driver of drivers) found.set(driver.name, driver)
  }
  const { commandFolder } = options
  if (commandFolder !== undefined) {
    add(await driversOfDependencies(commandFolder))
    add(await driversBeside(commandFolder))
  }
  for (const folder of new Set(options.from)) {
    const parents = packageFolders(folder)
    // The nearest package.json has the last word.
    for (const parent of parents.reverse()) add(await driversOfDependencies(parent))
  }
  const start = options.from.at(-1) ?? commandFolder ?? '/'
  for (const name of options.named ?? []) add([await namedDriver(name, start)])
  return [...found.values()]
}

const kinds = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'] as const

async function driversOfDependencies(folder: string): Promise<DriverPackage[]> {
  const json = readPackageJson(folder)
  const names = new Set(kinds.flatMap((kind) => (isObject(json?.[kind]) ? Object.keys(json[kind]) : [])))
  const real = names.size === 0 ? folder : realFolder(folder)
  const folders = [...names].sort().map((name) => findDependency(name, real))
  return driversIn(folders)
}

/** Reads the packages that are drivers; the others, and dependencies that are not installed, are left out. */
async function driversIn(folders: readonly (string | undefined)[]): Promise<DriverPackage[]> {
  const drivers = await Promise.all(
    folders.map(async (folder) => (folder === undefined ? undefined : readDriverPackage(folder))),
  )
  return drivers.filter((driver) => driver !== undefined)
}

/** Walks up `node_modules/NAME` from the folder, links resolved, that declares it: the way Node finds it, for every package manager. */
function findDependency(name: string, folder: string): string | undefined {
  for (const parent of upwards(folder)) {
    const candidate = path.join(parent, 'node_modules', name)
    if (hasPackageJson(candidate)) return candidate
  }
  return undefined
}

function realFolder(folder: string): string {
  try {
    return realpathSync(folder)
  } catch {
    // It is not there; the walk upwards finds what is.
    return folder
  }
}

/** Folders with a package.json from `folder` up to the root of its workspace or repository. */
function packageFolders(folder: string): string[] {
  const found: string[] = []
  for (const parent of upwards(folder)) {
    const isPackage = hasPackageJson(parent)
    if (isPackage) found.push(parent)
    if (isRoot(parent, isPackage)) break
  }
  return found
}

function isRoot(folder: string, isPackage: boolean): boolean {
  const marks = ['.git', 'pnpm-workspace.yaml']
  if (marks.some((mark) => exists(path.join(folder, mark)))) return true
  return isPackage && readPackageJson(folder)?.['workspaces'] !== undefined
}

async function driversBeside(commandFolder: string): Promise<DriverPackage[]> {
  const place = await globalFolder(commandFolder)
  if (!place) return []
  return 'packages' in place ? driversIn(place.packages) : driversOfDependencies(place.declaredIn)
}

async function namedDriver(name: string, from: string): Promise<DriverPackage> {
  const isPath = name.startsWith('.') || path.isAbsolute(name)
  const folder = isPath ? path.resolve(from, name) : findDependency(name, realFolder(from))
  const driver = folder === undefined ? undefined : await readDriverPackage(folder)
  if (!driver) throw new SquallError('SQUALL_DRIVER_NOT_FOUND', { name, from })
  return driver
}
