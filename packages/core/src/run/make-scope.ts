import { type Clock, isObject, type JsonObject } from '@squall/contract'
import { resolveDynamicConfiguration } from '../configuration/dynamic-configuration.ts'
import {
  type Environment,
  loadConfiguration,
  loadSecrets,
  type Overrides,
} from '../configuration/load-configuration.ts'
import { makeVariables, type Variables } from '../configuration/substitute.ts'
import type { DriverRegistry } from '../drivers/registry.ts'
import { nothingProtected, type Protection } from '../guards/protection.ts'
import type { RedactLevel } from '../redact/named-secrets.ts'
import { redactorOf } from '../redact/redactor-of.ts'
import type { EventStream } from './event-stream.ts'
import type { Interruption } from './interruption.ts'
import type { JsonExperiment } from './json-experiment.ts'
import { type DryLevel, namedActivities, type RunScope, RunState } from './run-scope.ts'
import { Steps } from './steps.ts'
import { UndoLedger } from './undo-ledger.ts'

export interface ScopeOptions {
  readonly registry: DriverRegistry
  readonly events: EventStream
  readonly clock: Clock
  readonly interruption: Interruption
  readonly seed: string
  readonly directory: string
  readonly environment: Environment
  readonly overrides?: Overrides | undefined
  readonly redact?: RedactLevel | undefined
  readonly dry?: DryLevel | undefined
  /** Number of the last activity that was played before, as by a runner that died. */
  readonly lastActivityId?: number
  readonly protection?: Protection
  readonly protectedPids?: () => readonly number[]
  /** Sees to it that somebody will undo what is about to be done, whatever becomes of this process. */
  readonly guard?: () => Promise<void>
  /** What was answered before, as to a runner that died. */
  readonly steps?: Steps
}

/** Puts together what every part of a run shares. Rejects for configuration that cannot be resolved. */
export async function makeScope(
  { experiment, shown }: JsonExperiment,
  options: ScopeOptions,
): Promise<RunScope> {
  const { registry, events, clock, interruption, seed, directory, guard } = options
  let lastId = options.lastActivityId ?? 0
  const base = {
    experiment,
    registry,
    events,
    clock,
    interruption,
    undo: new UndoLedger({ events, registry, clock, guard }),
    state: new RunState(events),
    steps: options.steps ?? new Steps(),
    named: namedActivities(experiment),
    dry: options.dry,
    seed,
    directory,
    shown,
    protection: options.protection ?? nothingProtected,
    kept: new Map(),
    protectedPids: options.protectedPids ?? (() => []),
    nextActivityId: () => {
      lastId += 1
      return lastId
    },
  }
  const variables = await loadVariables(options, base)
  return { ...base, variables: { ...variables, step: (inside) => base.steps.read(inside) } }
}

async function loadVariables(
  { environment, overrides, redact, events }: ScopeOptions,
  base: Omit<RunScope, 'variables'>,
): Promise<Variables> {
  const { configuration, secrets } = base.experiment
  const sources = { declared: { configuration, secrets }, environment, overrides, level: redact }
  // First of all, so that no error and no event tells a secret.
  events.redactWith(redactorOf(sources))
  const declared = loadConfiguration(objectOf(configuration), environment, overrides?.configuration)
  const loaded = loadSecrets(objectOf(secrets), environment, overrides?.secrets)
  const answers = await resolveDynamicConfiguration(declared, loaded, base)
  const hasProbes = Object.entries(answers).some(([name, answer]) => answer !== declared[name])
  if (hasProbes) events.redactWith(redactorOf({ ...sources, answers }))
  return makeVariables(answers, loaded)
}

/** What stands where an object should, in a file that was not validated, declares nothing. */
function objectOf(value: unknown): JsonObject {
  return isObject(value) ? (value as JsonObject) : {}
}
