import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { type Discovery, isSquallError, SquallError } from '@squall/contract'
import { type DriverRegistry, findDrivers } from '@squall/core'
import { discoveryOfDriver } from '../discovery/discovery-of-driver.ts'
import { discoveryFacts } from '../host/discovery-facts.ts'
import { npmInstall } from '../host/npm-install.ts'
import { errorText } from '../terminal/show-error.ts'
import type { CommandContext } from './command-context.ts'
import { discoverersOf } from './discoverers.ts'
import { registryOf, settingsOf } from './find-project.ts'

export interface DiscoverCommandOptions {
  readonly discoveryPath: string
  readonly systemInfo: boolean
  readonly install?: boolean
  readonly strict?: boolean
  readonly driver: readonly string[]
  readonly python?: string
}

/** `squall discover PACKAGE`: writes what a package offers. A failure is told and, as in the reference, exits with 0. */
export async function discoverCommand(
  target: string,
  options: DiscoverCommandOptions,
  context: CommandContext,
): Promise<number> {
  try {
    const discovery = await discover(target, options, context)
    write(discovery, options.discoveryPath, context)
    return 0
  } catch (cause) {
    if (isSquallError(cause) && cause.code === 'SQUALL_USAGE') throw cause
    context.terminal.err(errorText(failure(target, cause), context.paint), 'CRITICAL')
    return options.strict ? 1 : 0
  }
}

function failure(target: string, cause: unknown): unknown {
  if (isSquallError(cause)) return cause
  const reason = cause instanceof Error ? cause.message : String(cause)
  return new SquallError('SQUALL_DISCOVERY_FAILED', { target, reason: reason.replace(/\.$/, '') }, { cause })
}

async function discover(
  target: string,
  options: DiscoverCommandOptions,
  context: CommandContext,
): Promise<Discovery> {
  const settings = await settingsOf(context)
  const registry = await registryOf(context, settings, { named: options.driver, python: options.python })
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

function write(discovery: Discovery, place: string, { terminal, paint }: CommandContext): void {
  const text = `${JSON.stringify(discovery, null, 2)}\n`
  if (place === '-') return terminal.out(text)
  const file = path.resolve(terminal.workingDirectory, place)
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileSync(file, text)
  const { extension, activities } = discovery
  const count = `${activities.length} ${activities.length === 1 ? 'activity' : 'activities'}`
  terminal.err(`${paint('green', '✓')} ${extension.name} ${extension.version} offers ${count}: ${place}\n`)
}
