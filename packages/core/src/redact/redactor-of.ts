import {
  isObject,
  type JsonObject,
  type JsonValue,
  type RawExperiment,
  type SquallError,
} from '@squall/contract'
import { type Environment, loadSecrets, type Overrides } from '../configuration/load-configuration.ts'
import { References } from '../configuration/references.ts'
import { namedSecrets, type RedactLevel } from './named-secrets.ts'
import { Redactor } from './redactor.ts'

export interface RedactorSources {
  /** What an experiment declares under these keys. */
  readonly declared: { readonly configuration?: unknown; readonly secrets?: unknown }
  readonly environment: Environment
  readonly overrides?: Overrides | undefined
  /** Default: `secrets`. */
  readonly level?: RedactLevel | undefined
  /** The answers of configuration entries of type `probe`, once they are known. */
  readonly answers?: JsonObject
  /** What resolvers have read, once it is known. */
  readonly references?: References
}

/** Makes the redactor of an experiment. Secrets that cannot be resolved are no error here. */
export function redactorOf(sources: RedactorSources): Redactor {
  const {
    declared,
    environment,
    overrides,
    level = 'secrets',
    answers,
    references = References.none,
  } = sources
  const configuration = objectOf(declared.configuration)
  const secrets = objectOf(declared.secrets)
  const missing = new Map<string, string>()
  const miss = (path: readonly (string | number)[], { message }: SquallError): void => {
    missing.set(path.join('.'), message)
  }
  const loaded = loadSecrets(secrets, environment, overrides?.secrets, miss, references)
  const named = namedSecrets({
    declared: { configuration, secrets },
    secrets: loaded,
    environment,
    overrides,
    level,
    references,
    ...(answers && { answers }),
  })
  if (named.length === 0 && missing.size === 0) return Redactor.none
  return new Redactor(named, missing)
}

/** What stands where an object should, in a file that was not validated, declares nothing. */
function objectOf(value: unknown): JsonObject {
  return isObject(value) ? (value as Record<string, JsonValue>) : {}
}

/** An experiment as it was read, for whoever is outside of this process: the values of its secrets are replaced. */
export function withoutSecrets(
  raw: RawExperiment,
  sources: Pick<RedactorSources, 'environment' | 'overrides' | 'level'>,
): RawExperiment {
  return isObject(raw) ? redactorOf({ ...sources, declared: raw }).value(raw) : raw
}
