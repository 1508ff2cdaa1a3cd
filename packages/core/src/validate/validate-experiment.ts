import {
  type Driver,
  type Experiment,
  type ExperimentFields,
  isObject,
  type JsonObject,
  type JsonValue,
  type RawExperiment,
  SquallError,
} from '@squall/contract'
import type { Declared } from '../configuration/find-references.ts'
import {
  type Environment,
  loadConfiguration,
  loadSecrets,
  type Overrides,
} from '../configuration/load-configuration.ts'
import type { References } from '../configuration/references.ts'
import { resolveReferences } from '../configuration/resolve-references.ts'
import { makeVariables, type Variables } from '../configuration/substitute.ts'
import { DriverRegistry, driverObjects } from '../drivers/registry.ts'
import { systemClock } from '../host/clock.ts'
import { processEnvironment } from '../host/environment.ts'
import type { LoadedExperiment } from '../load/source-text.ts'
import { redactorOf } from '../redact/redactor-of.ts'
import { asJson } from '../run/json-result.ts'
import { declaresControls } from '../run/run-with-controls.ts'
import { checkDeclarations } from './check-declarations.ts'
import { checkDialects } from './check-dialects.ts'
import { checkDocument } from './check-document.ts'
import { checkProviders } from './check-providers.ts'
import { activitiesOf, checkReferences } from './check-references.ts'
import { checkSteps } from './check-steps.ts'
import { checkStrays } from './check-strays.ts'
import { listenInto } from './listen-into.ts'
import { locate } from './locate.ts'
import { type Problem, Problems } from './problem.ts'

export interface ValidateOptions {
  readonly drivers: DriverRegistry | readonly Driver[]
  /** Relative modules of the experiment start here. Default: the working directory. */
  readonly directory?: string
  /** Values that replace declared configuration and secrets. */
  readonly overrides?: Overrides
  /** Default: the environment of this process. */
  readonly environment?: Environment
}

/** Either a valid experiment, perhaps with warnings, or everything that is wrong with it. */
export type Validation =
  | { readonly valid: true; readonly experiment: Experiment; readonly problems: readonly Problem[] }
  | { readonly valid: false; readonly problems: readonly Problem[] }

/** Checks an experiment and finds all its problems at once, each with its place in the file. Runs nothing of it, and reads its secrets. */
export async function validateExperiment(
  loaded: LoadedExperiment,
  options: ValidateOptions,
): Promise<Validation> {
  const problems = await findProblems(loaded.raw, { directory: loaded.directory, ...options })
  const located = problems.length === 0 ? [] : await locate(problems, loaded)
  if (located.some(({ level }) => level === 'error')) return { valid: false, problems: located }
  return { valid: true, experiment: waveThrough(loaded.raw), problems: located }
}

/**
 * Checks an experiment that is at hand as an object, as in a test. Rejects with `SQUALL_EXPERIMENT_INVALID`, whose
 * message lists every problem.
 */
export async function parseExperiment(
  raw: ExperimentFields | RawExperiment,
  options: ValidateOptions,
): Promise<Experiment> {
  const problems = (await findProblems(raw as RawExperiment, options)).filter(
    ({ level }) => level === 'error',
  )
  if (problems.length === 0) return waveThrough(raw as RawExperiment)
  const hint = problems.map(({ path, message }) => `${path.join('.') || '(root)'}: ${message}`).join(' ')
  throw new SquallError(
    'SQUALL_EXPERIMENT_INVALID',
    { source: 'This object', count: problems.length },
    { hint },
  )
}

/** Takes an experiment as it is, unchecked: what `--no-validation` asks for. */
export function waveThrough(raw: RawExperiment): Experiment {
  return raw as unknown as Experiment
}

async function findProblems(raw: RawExperiment, options: ValidateOptions): Promise<Problem[]> {
  const problems = new Problems()
  const document = asJson(raw, { oddNumbers: true })
  if ('wrong' in document) {
    const message = `The experiment holds ${document.wrong}, which is not JSON.`
    problems.error(
      'document-no-json',
      [],
      message,
      'Build it from objects, lists, texts, numbers and booleans.',
    )
    return problems.found
  }
  checkDocument(document.json, problems)
  if (!isObject(document.json)) return problems.found
  const experiment = document.json as JsonObject
  const registry =
    options.drivers instanceof DriverRegistry
      ? options.drivers
      : new DriverRegistry(driverObjects(options.drivers))
  const directory = options.directory ?? processEnvironment.workingDirectory()
  const { environment = processEnvironment.variables(), overrides } = options
  const sources = { declared: declaredIn(experiment), environment, overrides }
  // As with the reference, secrets are read at validation too (spec 3).
  const signal = new AbortController().signal
  const how = { registry, directory, signal, clock: systemClock, listener: listenInto(problems) }
  const references = await resolveReferences({ ...sources, ...how })
  const variables = checkConfiguration({ ...sources, references }, problems)
  const activities = activitiesOf(experiment)
  checkReferences(activities, problems)
  await checkDialects(activities, problems)
  checkStrays(experiment, activities, problems)
  checkDeclarations(experiment, activities, problems)
  checkSteps(activities, experiment, problems)
  await checkProviders(activities, { registry, variables, directory }, problems)
  if (declaresControls(experiment as unknown as ExperimentFields)) {
    // Loaded only here: no other start is slowed down by the rules for controls.
    const { checkDeclaredControls } = await import('./check-declared-controls.ts')
    await checkDeclaredControls(experiment, activities, { registry, directory }, problems)
  }
  return toldProblems(problems.found, experiment, { ...sources, references })
}

/** Names the activity each problem is in, and keeps the values of secrets out of what it says. */
function toldProblems(found: readonly Problem[], experiment: JsonObject, sources: LoadSources): Problem[] {
  if (found.length === 0) return []
  const redactor = redactorOf(sources)
  return found.map(({ message, hint, ...rest }) =>
    withActivity({ ...rest, message: redactor.text(message), hint: redactor.text(hint) }, experiment),
  )
}

interface LoadSources {
  readonly declared: Declared
  readonly environment: Environment
  readonly overrides: Overrides | undefined
  readonly references: References
}

function declaredIn(experiment: JsonObject): Declared {
  const objectAt = (key: string): JsonObject =>
    isObject(experiment[key]) ? (experiment[key] as JsonObject) : {}
  return { configuration: objectAt('configuration'), secrets: objectAt('secrets') }
}

function checkConfiguration(sources: LoadSources, problems: Problems): Variables {
  const { declared, environment, overrides, references } = sources
  const report =
    (section: string) =>
    (path: readonly (string | number)[], error: SquallError): void =>
      problems.error(error.code, [section, ...path], error.message, error.hint)
  const load = (section: keyof Declared, by: typeof loadSecrets): JsonObject =>
    by(declared[section], environment, overrides?.[section], report(section), references)
  return makeVariables(load('configuration', loadConfiguration), load('secrets', loadSecrets))
}

/** Names the activity a problem is in, so that it can be found without counting. */
function withActivity(problem: Problem, experiment: JsonObject): Problem {
  let value: JsonValue | undefined = experiment
  let activity: string | undefined
  for (const key of problem.path) {
    // A control has a name and a provider too.
    if (key === 'controls') break
    value = isObject(value) || Array.isArray(value) ? (value as JsonObject)[key] : undefined
    const named = isObject(value) && 'provider' in value && typeof value['name'] === 'string'
    if (named) activity = String((value as JsonObject)['name'])
  }
  return activity === undefined ? problem : { ...problem, activity }
}
