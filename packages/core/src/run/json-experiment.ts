import { type Experiment, isObject, type JsonValue, SquallError } from '@squall/contract'
import { asJson } from './json-result.ts'

/**
 * Takes an experiment over for a run, so that nobody else can change it. NaN and Infinity, which YAML has, keep their
 * text in events and journal. Throws `SQUALL_EXPERIMENT_INVALID` for what is no JSON object.
 */
export function jsonExperiment(given: Experiment): Experiment {
  const plain = asJson(given, { oddNumbers: true })
  if ('wrong' in plain) throw notAnExperiment(`It holds ${plain.wrong}, which is not JSON.`)
  return objectOrThrow(plain.json)
}

function objectOrThrow(document: JsonValue): Experiment {
  if (isObject(document)) return document as unknown as Experiment
  throw notAnExperiment('An experiment is one object.')
}

function notAnExperiment(hint: string): SquallError {
  return new SquallError('SQUALL_EXPERIMENT_INVALID', { source: 'The document', count: 1 }, { hint })
}
