import path from 'node:path'
import { isObject, type JsonObject } from '@squall/contract'
import { DriverRegistry, findDrivers, loadSettings, type Settings } from '@squall/core'
import { safe } from '../terminal/paint.ts'
import type { CommandContext } from './command-context.ts'
import { settingsFiles } from './settings-files.ts'

/** Settings: the reference's file, squall's over it; or the one that was named. */
export function settingsOf(context: CommandContext): Promise<Settings> {
  const { terminal, paint } = context
  return loadSettings(settingsFiles(context), {
    onIgnored: ({ message }) => terminal.err(`${paint('yellow', `Ignored: ${safe(message)}`)}\n`),
  })
}

export interface ProjectOptions {
  /** The experiment's folder. */
  readonly directory?: string
  /** Drivers named on the command line. */
  readonly named?: readonly string[]
  /** The Python interpreter named on the command line. */
  readonly python?: string | undefined
}

/** The drivers that a command started here may use. */
export async function registryOf(
  context: CommandContext,
  settings: Settings,
  options: ProjectOptions = {},
): Promise<DriverRegistry> {
  const { terminal, commandFolder } = context
  const { packages, aliases, options: driverOptions } = driverSettings(settings)
  const found = await findDrivers({
    commandFolder,
    from: [...(options.directory === undefined ? [] : [options.directory]), terminal.workingDirectory],
    named: [...packages, ...(options.named ?? [])],
  })
  const registry = new DriverRegistry(
    found,
    aliases,
    withInterpreter(driverOptions, options.python, terminal),
  )
  opened.push(registry)
  return registry
}

const opened: DriverRegistry[] = []

/** Ends what the drivers of this command keep between calls, such as worker processes. */
export async function closeDrivers(): Promise<void> {
  await Promise.all(opened.splice(0).map((registry) => registry.close()))
}

/** A path is meant from here, a bare name from PATH. */
function withInterpreter(
  options: DriverSettings['options'],
  python: string | undefined,
  { workingDirectory }: CommandContext['terminal'],
): DriverSettings['options'] {
  if (python === undefined) return options
  const interpreter = /[/\\]/.test(python) ? path.resolve(workingDirectory, python) : python
  return { ...options, python: { ...options['python'], interpreter } }
}

interface DriverSettings {
  readonly packages: string[]
  readonly aliases: Record<string, string>
  readonly options: Record<string, JsonObject>
}

/**
 * `drivers` in settings: a list of packages, or
 * `{packages: [...], aliases: {TYPE: PACKAGE}, options: {DRIVER: {...}}}`.
 */
function driverSettings(settings: Settings): DriverSettings {
  const drivers = settings['drivers']
  const packages = Array.isArray(drivers)
    ? drivers
    : isObject(drivers)
      ? (drivers as JsonObject)['packages']
      : []
  const aliases = isObject(drivers) && isObject(drivers['aliases']) ? drivers['aliases'] : {}
  const options = isObject(drivers) && isObject(drivers['options']) ? drivers['options'] : {}
  return {
    packages: Array.isArray(packages) ? packages.map(String) : [],
    aliases: Object.fromEntries(Object.entries(aliases).map(([type, name]) => [type, String(name)])),
    options: Object.fromEntries(Object.entries(options).filter(([, own]) => isObject(own))) as Record<
      string,
      JsonObject
    >,
  }
}
