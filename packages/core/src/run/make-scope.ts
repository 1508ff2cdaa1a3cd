import {
  type Clock,
  type Experiment,
  type ExperimentFields,
  isObject,
  type JsonObject,
} from '@squall/contract'
import { resolveDynamicConfiguration } from '../configuration/dynamic-configuration.ts'
import type { Declared } from '../configuration/find-references.ts'
import {
  type Environment,
  loadConfiguration,
  loadSecrets,
  type Overrides,
} from '../configuration/load-configuration.ts'
import { type ReferenceSources, resolveReferences } from '../configuration/resolve-references.ts'
import { makeVariables, type Variables } from '../configuration/substitute.ts'
import type { DriverRegistry } from '../drivers/registry.ts'
import { nothingProtected, type Protection } from '../guards/protection.ts'
import type { RedactLevel } from '../redact/named-secrets.ts'
import { redactorOf } from '../redact/redactor-of.ts'
import type { EventStream } from './event-stream.ts'
import type { Interruption } from './interruption.ts'
import { referenceEvents } from './reference-events.ts'
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
  readonly strict?: boolean | undefined
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
export async function makeScope(experiment: Experiment, options: ScopeOptions): Promise<RunScope> {
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
    strict: options.strict ?? false,
    seed,
    directory,
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

async function loadVariables(options: ScopeOptions, base: Omit<RunScope, 'variables'>): Promise<Variables> {
  const { environment, overrides, redact: level, events } = options
  const { configuration, secrets } = declaredIn(base.experiment)
  const declaredSources = { declared: { configuration, secrets }, environment, overrides, level }
  // First of all, so that no error and no event tells a secret.
  events.redactWith(redactorOf(declaredSources))
  const references = await resolveReferences({ ...declaredSources, ...resolving(options) })
  const sources = { ...declaredSources, references }
  if (references.size > 0) events.redactWith(redactorOf(sources))
  const declared = loadConfiguration(
    configuration,
    environment,
    overrides?.configuration,
    undefined,
    references,
  )
  const loaded = loadSecrets(secrets, environment, overrides?.secrets, undefined, references)
  const answers = await resolveDynamicConfiguration(declared, loaded, base)
  const hasProbes = Object.entries(answers).some(([name, answer]) => answer !== declared[name])
  if (hasProbes) events.redactWith(redactorOf({ ...sources, answers }))
  return makeVariables(answers, loaded)
}

/** How resolvers are asked in a run. */
function resolving(
  options: ScopeOptions,
): Pick<ReferenceSources, 'registry' | 'directory' | 'signal' | 'clock' | 'listener'> {
  const { registry, directory, clock, interruption, events } = options
  return { registry, directory, clock, signal: interruption.foreground, listener: referenceEvents(events) }
}

function declaredIn({ configuration, secrets }: ExperimentFields): Declared {
  return { configuration: objectOf(configuration), secrets: objectOf(secrets) }
}

/** What stands where an object should, in a file that was not validated, declares nothing. */
function objectOf(value: unknown): JsonObject {
  return isObject(value) ? (value as JsonObject) : {}
}
