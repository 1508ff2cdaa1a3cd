import { isObject, type RawExperiment } from '@squall/contract'
import { type RedactorSources, redactorOf } from './redactor-of.ts'

/** An experiment as it was read, for whoever is outside of this process: the values of its secrets are replaced. */
export function withoutSecrets(
  raw: RawExperiment,
  sources: Pick<RedactorSources, 'environment' | 'overrides' | 'level'>,
): RawExperiment {
  return isObject(raw) ? redactorOf({ ...sources, declared: raw }).value(raw) : raw
}
