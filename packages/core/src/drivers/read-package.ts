import { readFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { contractVersion, type Driver, type DriverManifest, isObject, SquallError } from '@squall/contract'
import { textOf } from '../configuration/text-of.ts'
import { importModule } from '../host/import-module.ts'
import type { DriverPackage } from './driver-package.ts'

/** The `package.json` of a folder, or undefined where there is none. */
export function readPackageJson(folder: string): Record<string, unknown> | undefined {
  const text = textIn(path.join(folder, 'package.json'))
  if (text === undefined) return undefined
  try {
    const parsed: unknown = JSON.parse(text)
    return isObject(parsed) ? parsed : undefined
  } catch {
    // A package.json that is not JSON belongs to someone else's tool; it declares no driver.
    return undefined
  }
}

/** The files are small and many, and each one read asynchronously costs a start several times as much. */
function textIn(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    // There is no such file, or it may not be read: either way it says nothing.
    return undefined
  }
}

/**
 * Reads the driver that a package folder holds; undefined when the package is no driver. Runs none of its code.
 * Rejects with `SQUALL_CONTRACT_UNKNOWN` or `SQUALL_MANIFEST_BROKEN`.
 */
export async function readDriverPackage(folder: string): Promise<DriverPackage | undefined> {
  const json = readPackageJson(folder)
  const squall = json?.['squall']
  if (!json || !isObject(squall) || squall['driver'] === undefined) return undefined
  // A driver of one's own, given by its path, need not have a name.
  const name = typeof json['name'] === 'string' ? json['name'] : folder
  checkContract(name, folder, squall['contract'])
  const [driver, description] = [squall['driver'], squall['manifest']]
  if (typeof driver !== 'string' || typeof description !== 'string') {
    const reason = 'package.json must name two files, `squall.driver` and `squall.manifest`'
    throw new SquallError('SQUALL_MANIFEST_BROKEN', { package: name, path: folder, reason })
  }
  const file = path.resolve(folder, driver)
  const manifest = readManifest(name, path.resolve(folder, description))
  checkContract(name, folder, manifest.contract)
  return { name, version: textOf(json['version'] ?? ''), manifest, file, folder, load: loader(name, file) }
}

function checkContract(name: string, folder: string, contract: unknown): void {
  if (contract === contractVersion) return
  throw new SquallError('SQUALL_CONTRACT_UNKNOWN', {
    package: name,
    path: folder,
    contract: textOf(contract),
    known: contractVersion,
  })
}

function readManifest(name: string, file: string): DriverManifest {
  const broken = (reason: string, cause?: unknown): SquallError =>
    new SquallError('SQUALL_MANIFEST_BROKEN', { package: name, path: file, reason }, { cause })
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (cause) {
    throw broken('it cannot be read', cause)
  }
  let manifest: unknown
  try {
    manifest = JSON.parse(text)
  } catch (cause) {
    throw broken('it is not JSON', cause)
  }
  const missing = Object.entries(manifestParts).filter(
    ([key, isRight]) => !isObject(manifest) || !isRight(manifest[key]),
  )
  if (missing.length > 0) throw broken(`it has no usable ${missing.map(([key]) => key).join(', ')}`)
  return manifest as unknown as DriverManifest
}

const manifestParts: Readonly<Record<string, (part: unknown) => boolean>> = {
  name: (part) => typeof part === 'string',
  providers: isObject,
  activities: isObject,
  undo: isObject,
  aliases: (part) =>
    Array.isArray(part) && part.every((alias) => isObject(alias) && isObject(alias['functions'])),
}

function loader(name: string, file: string): () => Promise<Driver> {
  let loaded: Promise<Driver> | undefined
  return () => {
    loaded ??= importDriver(name, file)
    return loaded
  }
}

async function importDriver(name: string, file: string): Promise<Driver> {
  const broken = (reason: string, cause?: unknown): SquallError =>
    new SquallError('SQUALL_DRIVER_BROKEN', { package: name, path: file, reason }, { cause })
  let module: { default?: unknown }
  try {
    module = (await importModule(pathToFileURL(file).href)) as { default?: unknown }
  } catch (cause) {
    throw broken(textOf(cause instanceof Error ? cause.message : cause), cause)
  }
  if (!isObject(module.default) || typeof module.default['name'] !== 'string') {
    throw broken('its default export is no driver')
  }
  return module.default as unknown as Driver
}
