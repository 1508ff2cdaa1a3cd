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
import {
  type Environment,
  loadConfiguration,
  loadSecrets,
  type Overrides,
} from '../configuration/load-configuration.ts'
import { makeVariables, type Variables } from '../configuration/substitute.ts'
import { DriverRegistry, driverObjects } from '../drivers/registry.ts'
import { processEnvironment } from '../host/environment.ts'
import type { LoadedExperiment } from '../load/source-text.ts'
import { redactorOf } from '../redact/redactor-of.ts'
import { asJson } from '../run/json-result.ts'
import { checkDocument } from './check-document.ts'
import { checkProviders } from './check-providers.ts'
import { activitiesOf, checkReferences } from './check-references.ts'
import { checkSteps } from './check-steps.ts'
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

/** Checks an experiment and finds all its problems at once, each with its place in the file. Runs nothing of it. */
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
  const variables = checkConfiguration(experiment, options, problems)
  const activities = activitiesOf(experiment)
  checkReferences(activities, problems)
  checkSteps(activities, experiment, problems)
  const registry =
    options.drivers instanceof DriverRegistry
      ? options.drivers
      : new DriverRegistry(driverObjects(options.drivers))
  const directory = options.directory ?? processEnvironment.workingDirectory()
  await checkProviders(activities, { registry, variables, directory }, problems)
  return toldProblems(problems.found, experiment, options)
}

/** Names the activity each problem is in, and keeps the values of secrets out of what it says. */
function toldProblems(
  found: readonly Problem[],
  experiment: JsonObject,
  { environment = processEnvironment.variables(), overrides }: ValidateOptions,
): Problem[] {
  if (found.length === 0) return []
  const redactor = redactorOf({ declared: experiment, environment, overrides })
  return found.map(({ message, hint, ...rest }) =>
    withActivity({ ...rest, message: redactor.text(message), hint: redactor.text(hint) }, experiment),
  )
}

function checkConfiguration(experiment: JsonObject, options: ValidateOptions, problems: Problems): Variables {
  const environment = options.environment ?? processEnvironment.variables()
  const report =
    (section: string) =>
    (path: readonly (string | number)[], error: SquallError): void =>
      problems.error(error.code, [section, ...path], error.message, error.hint)
  const declared = (key: string): JsonObject =>
    isObject(experiment[key]) ? (experiment[key] as JsonObject) : {}
  const { configuration, secrets } = options.overrides ?? {}
  return makeVariables(
    loadConfiguration(declared('configuration'), environment, configuration, report('configuration')),
    loadSecrets(declared('secrets'), environment, secrets, report('secrets')),
  )
}

/** Names the activity a problem is in, so that it can be found without counting. */
function withActivity(problem: Problem, experiment: JsonObject): Problem {
  let value: JsonValue | undefined = experiment
  let activity: string | undefined
  for (const key of problem.path) {
    value = isObject(value) || Array.isArray(value) ? (value as JsonObject)[key] : undefined
    const named = isObject(value) && 'provider' in value && typeof value['name'] === 'string'
    if (named) activity = String((value as JsonObject)['name'])
  }
  return activity === undefined ? problem : { ...problem, activity }
}
