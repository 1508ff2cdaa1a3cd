import { type Discovery, isSquallError, SquallError } from '@squall/contract'
import { type DriverRegistry, findDrivers, type Settings } from '@squall/core'
import { discoveryOfDriver } from '../discovery/discovery-of-driver.ts'
import { discoveryFacts } from '../host/discovery-facts.ts'
import { npmInstall } from '../host/npm-install.ts'
import type { CommandContext } from './command-context.ts'
import { discoverersOf } from './discoverers.ts'
import { registryOf } from './find-project.ts'

export interface DiscoverCommandOptions {
  readonly discoveryPath: string
  readonly systemInfo: boolean
  readonly install?: boolean
  readonly strict?: boolean
  readonly driver: readonly string[]
  readonly python?: string
}

export interface Project {
  readonly settings: Settings
  readonly registry: DriverRegistry
}

/**
 * Finds out what a package offers: a driver's from its manifest, another ecosystem's from the driver that looks into it.
 * Rejects with `SQUALL_DISCOVERY_FAILED`, or with what that driver has to say.
 */
export async function findDiscovery(
  target: string,
  options: DiscoverCommandOptions,
  { settings, registry }: Project,
  context: CommandContext,
): Promise<Discovery> {
  const found =
    (await discoverDriver(target, registry, context)) ??
    (await discoverElsewhere(target, options, registry, context))
  if (found) return found
  if (!options.install) throw missing(target)
  await npmInstall(target, context.terminal.workingDirectory).catch((cause: unknown) => {
    const hint = 'What npm said stands above.'
    throw new SquallError(
      'SQUALL_DISCOVERY_FAILED',
      { target, reason: 'npm could not install it' },
      { cause, hint },
    )
  })
  const installed = await discoverDriver(target, await registryOf(context, settings), context)
  if (installed) return installed
  const reason = 'it was installed, and is no driver'
  throw new SquallError('SQUALL_DISCOVERY_FAILED', { target, reason })
}

function missing(target: string): SquallError {
  const hint = isPython(target)
    ? `Install it with \`pip install ${target}\`, or say --install; --python names the interpreter.`
    : `Install it with \`npm install --save-dev ${target}\`, or say --install.`
  return new SquallError('SQUALL_DISCOVERY_FAILED', { target, reason: 'it is not installed here' }, { hint })
}

/** Python's packages of this kind are named so. */
function isPython(target: string): boolean {
  return /^chaos(toolkit|k?ext?)?[-_\w]*$/i.test(target)
}

/** A driver by its package, its own name or its folder. */
async function discoverDriver(
  target: string,
  registry: DriverRegistry,
  { terminal }: CommandContext,
): Promise<Discovery | undefined> {
  const known = registry.drivers.find(({ name, manifest }) => name === target || manifest.name === target)
  const driver = known ?? (await driverNamed(target, terminal.workingDirectory))
  return driver && discoveryOfDriver(target, driver, discoveryFacts())
}

/** A driver can be there without being a dependency. */
async function driverNamed(
  target: string,
  from: string,
): Promise<Awaited<ReturnType<typeof findDrivers>>[number] | undefined> {
  try {
    return (await findDrivers({ from: [from], named: [target] })).at(-1)
  } catch (error) {
    if (isSquallError(error) && error.code === 'SQUALL_DRIVER_NOT_FOUND') return undefined
    throw error
  }
}

async function discoverElsewhere(
  target: string,
  { systemInfo, install }: DiscoverCommandOptions,
  registry: DriverRegistry,
  context: CommandContext,
): Promise<Discovery | undefined> {
  const wish = { system: systemInfo, install: (install ?? false) && isPython(target) }
  for await (const { discoverer, context: own } of discoverersOf(registry, context)) {
    const found = await discoverer.discover(target, wish, own)
    if (found) return found
  }
  return undefined
}
