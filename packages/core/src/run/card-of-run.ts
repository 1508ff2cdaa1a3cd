import path from 'node:path'
import type { Experiment, JsonObject } from '@squall/contract'
import type { Overrides } from '../configuration/load-configuration.ts'
import type { DriverRegistry } from '../drivers/registry.ts'
import { protectionOf } from '../guards/protection.ts'
import { processEnvironment } from '../host/environment.ts'
import { ownIdentity } from '../host/process-identity.ts'
import type { RunCard } from '../recovery/run-card.ts'
import type { RedactLevel } from '../redact/named-secrets.ts'

/** What of a run's options whoever finishes it has to know. */
export interface CardOptions {
  readonly journalPath?: string
  readonly eventLog?: string | false
  readonly directory?: string
  readonly maxOutput?: number
  readonly redact?: RedactLevel
  readonly overrides?: Overrides
  readonly settings?: JsonObject
  readonly protect?: readonly string[]
  readonly rollbacksOnCrash: boolean
}

/** What this process leaves to whoever finishes the run, should it disappear. */
export function cardOfRun(experiment: Experiment, registry: DriverRegistry, options: CardOptions): RunCard {
  const { journalPath, eventLog, directory, maxOutput, redact, overrides } = options
  const drivers = registry.drivers.filter(({ file }) => file !== '')
  const workingDirectory = processEnvironment.workingDirectory()
  return {
    format: 1,
    runner: ownIdentity(),
    ...(journalPath === undefined ? {} : { journalPath: path.resolve(workingDirectory, journalPath) }),
    ...(eventLog ? { keepLogIn: path.resolve(workingDirectory, eventLog) } : {}),
    ...(maxOutput === undefined ? {} : { maxOutput }),
    ...(redact === 'all' ? { redactAll: declarationsOf(experiment) } : {}),
    rollbacksOnCrash: options.rollbacksOnCrash,
    drivers: drivers.map(({ name, folder }) => ({ name, folder })),
    choices: Object.fromEntries([...registry.types].map(([type, { name }]) => [type, name])),
    driverOptions: registry.options,
    ...(overrides?.configuration === undefined ? {} : { configuration: overrides.configuration }),
    protection: protectionOf(options.settings ?? {}, options.protect),
    directory: directory ?? workingDirectory,
    workingDirectory,
  }
}

function declarationsOf({ configuration, secrets }: Experiment): NonNullable<RunCard['redactAll']> {
  return {
    ...(configuration === undefined ? {} : { configuration }),
    ...(secrets === undefined ? {} : { secrets }),
  }
}
