import { type Experiment, isObject, type JsonObject, type JsonValue, SquallError } from '@squall/contract'
import { asJson } from './json-result.ts'

/** An experiment that nobody else can change, and how its parts look in events. */
export interface JsonExperiment {
  readonly experiment: Experiment
  shown(part: JsonObject): JsonObject
}

/**
 * Takes an experiment over for a run. NaN and Infinity, which YAML has, count in tolerances and are null in events, as
 * JSON writes them. Throws `SQUALL_EXPERIMENT_INVALID` for what is no JSON object.
 */
export function jsonExperiment(given: Experiment): JsonExperiment {
  const plain = asJson(given)
  if ('json' in plain) return { experiment: objectOrThrow(plain.json), shown: (part) => part }
  const odd = asJson(given, { oddNumbers: true })
  if ('wrong' in odd) throw notAnExperiment(`It holds ${odd.wrong}, which is not JSON.`)
  return { experiment: objectOrThrow(odd.json), shown: (part) => withoutOddNumbers(part) as JsonObject }
}

function objectOrThrow(document: JsonValue): Experiment {
  if (isObject(document)) return document as unknown as Experiment
  throw notAnExperiment('An experiment is one object.')
}

function notAnExperiment(hint: string): SquallError {
  return new SquallError('SQUALL_EXPERIMENT_INVALID', { source: 'The document', count: 1 }, { hint })
}

function withoutOddNumbers(value: JsonValue): JsonValue {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  if (Array.isArray(value)) return value.map(withoutOddNumbers)
  if (!isObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutOddNumbers(item)]))
}
