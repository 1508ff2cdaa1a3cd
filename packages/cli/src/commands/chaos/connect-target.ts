import path from 'node:path'
import {
  type Clock,
  type Cluster,
  type ClusterType,
  issuePath,
  type JsonObject,
  type Log,
  SquallError,
} from '@squall/contract'
import type { DriverPackage, DriverRegistry } from '@squall/core'
import type { ChaosParts } from '../../load-chaos-parts.ts'
import type { CommandContext } from '../command-context.ts'
import type { TargetOptions } from './chaos-options.ts'

export interface ConnectedTarget {
  readonly cluster: Cluster
  /** Whose undo functions its faults register; absent for the simulated cluster, which harms nothing. */
  readonly driver?: DriverPackage
}

export interface ConnectionScope {
  readonly parts: ChaosParts
  readonly registry: DriverRegistry
  readonly clock: Clock
  readonly log: Log
  readonly signal: AbortSignal
  readonly context: CommandContext
}

/** The targets of installed drivers by name, with who brings them. */
export function driverTargets({ drivers }: DriverRegistry): ReadonlyMap<string, DriverPackage> {
  return new Map(
    drivers.flatMap((driver) => Object.keys(driver.manifest.clusters ?? {}).map((name) => [name, driver])),
  )
}

/** Connects to a target. Rejects with `SQUALL_TARGET_UNKNOWN`, `SQUALL_TARGET_OPTIONS` or why it cannot be reached. */
export async function connectTarget(
  options: TargetOptions,
  scope: ConnectionScope,
): Promise<ConnectedTarget> {
  if (options.target === 'simulated')
    return {
      cluster: await connect(
        scope.parts.simulatedCluster,
        simulatedOptions(options, scope),
        scope,
        'simulated',
      ),
    }
  const targets = driverTargets(scope.registry)
  const driver = targets.get(options.target)
  if (!driver) {
    const known = ['simulated', ...targets.keys()].join(', ')
    throw new SquallError('SQUALL_TARGET_UNKNOWN', { target: options.target, known })
  }
  const { clusters } = await driver.load()
  const type = clusters?.[options.target]
  if (!type) {
    const { name, file } = driver
    throw new SquallError('SQUALL_DRIVER_BROKEN', {
      package: name,
      path: file,
      reason: `its manifest names the target '${options.target}', which its code does not have`,
    })
  }
  return { cluster: await connect(type, optionValues(options.targetOption), scope, options.target), driver }
}

function simulatedOptions(
  { topology, targetOption, seed }: TargetOptions,
  { context }: ConnectionScope,
): JsonObject {
  const file =
    topology === undefined ? {} : { topology: path.resolve(context.terminal.workingDirectory, topology) }
  return { ...(seed === undefined ? {} : { seed }), ...optionValues(targetOption), ...file }
}

/** `NAME=VALUE` texts; a value that is JSON is read as such. */
function optionValues(texts: readonly string[]): JsonObject {
  return Object.fromEntries(
    texts.map((text) => {
      const equals = text.indexOf('=')
      if (equals < 1)
        throw new SquallError('SQUALL_USAGE', { reason: `--target-option takes NAME=VALUE, not '${text}'.` })
      return [text.slice(0, equals), jsonOrText(text.slice(equals + 1))]
    }),
  )
}

function jsonOrText(text: string): JsonObject[string] {
  try {
    return JSON.parse(text) as JsonObject[string]
  } catch {
    // A plain text.
    return text
  }
}

async function connect(
  type: ClusterType,
  given: JsonObject,
  { clock, log, signal, context }: ConnectionScope,
  target: string,
): Promise<Cluster> {
  const checked = await type.options['~standard'].validate(given)
  if (checked.issues) {
    const problems = checked.issues.map((issue) =>
      [issuePath(issue).join('.'), issue.message].filter(Boolean).join(': '),
    )
    throw new SquallError('SQUALL_TARGET_OPTIONS', { target, problems: problems.join('; ') })
  }
  const { workingDirectory: directory, environment } = context.terminal
  return type.connect(checked.value, { clock, log, signal, directory, environment })
}
