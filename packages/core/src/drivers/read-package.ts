import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { contractVersion, type Driver, type DriverManifest, isObject, SquallError } from '@squall/contract'
import type { DriverPackage } from './driver-package.ts'

/** The `package.json` of a folder, or undefined where there is none. */
export async function readPackageJson(folder: string): Promise<Record<string, unknown> | undefined> {
  const text = await readFile(path.join(folder, 'package.json'), 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  try {
    const parsed: unknown = JSON.parse(text)
    return isObject(parsed) ? parsed : undefined
  } catch {
    // A package.json that is not JSON belongs to someone else's tool; it declares no driver.
    return undefined
  }
}

/**
 * Reads the driver that a package folder holds; undefined when the package is no driver. Runs none of its code.
 * Rejects with `SQUALL_CONTRACT_UNKNOWN` or `SQUALL_MANIFEST_BROKEN`.
 */
export async function readDriverPackage(folder: string): Promise<DriverPackage | undefined> {
  const json = await readPackageJson(folder)
  const squall = json?.['squall']
  if (!json || !isObject(squall) || squall['driver'] === undefined) return undefined
  const name = String(json['name'])
  checkContract(name, folder, squall['contract'])
  const file = path.resolve(folder, String(squall['driver']))
  const manifest = await readManifest(name, path.resolve(folder, String(squall['manifest'])))
  checkContract(name, folder, manifest.contract)
  return { name, version: String(json['version']), manifest, file, folder, load: loader(name, file) }
}

function checkContract(name: string, folder: string, contract: unknown): void {
  if (contract === contractVersion) return
  throw new SquallError('SQUALL_CONTRACT_UNKNOWN', {
    package: name,
    path: folder,
    contract: String(contract),
    known: contractVersion,
  })
}

async function readManifest(name: string, file: string): Promise<DriverManifest> {
  const broken = (reason: string, cause?: unknown): SquallError =>
    new SquallError('SQUALL_MANIFEST_BROKEN', { package: name, path: file, reason }, { cause })
  const text = await readFile(file, 'utf8').catch((cause: Error) => {
    throw broken('it cannot be read', cause)
  })
  let manifest: unknown
  try {
    manifest = JSON.parse(text)
  } catch (cause) {
    throw broken('it is not JSON', cause)
  }
  const missing = ['name', 'providers', 'activities', 'undo', 'aliases'].filter(
    (key) => !isObject(manifest) || manifest[key] === undefined,
  )
  if (missing.length > 0) throw broken(`it has no ${missing.join(', ')}`)
  return manifest as unknown as DriverManifest
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
    module = (await import(pathToFileURL(file).href)) as { default?: unknown }
  } catch (cause) {
    throw broken(cause instanceof Error ? cause.message : String(cause), cause)
  }
  if (!isObject(module.default) || typeof module.default['name'] !== 'string') {
    throw broken('its default export is no driver')
  }
  return module.default as unknown as Driver
}
