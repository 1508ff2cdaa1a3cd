import { copyNumberTexts, isObject, type JsonObject, type JsonValue } from '@squall/contract'
import { type Rewriting, rewriteJson } from './rewrite-json.ts'

/**
 * The experiment as the first event shows it. Where it declares configuration and secrets, the names stay as they are,
 * those of variables too: whoever finishes the run of a process that died finds its secrets by them.
 */
export function redactedExperiment(experiment: JsonObject, rewriting: Rewriting): JsonObject {
  const members = Object.entries(experiment).map(([key, item]): [string, JsonValue] => {
    const declares = key === 'configuration' || key === 'secrets'
    return declares
      ? [key, redactedDeclaration(item, rewriting)]
      : [rewriting.key(key), rewriteJson(item, rewriting)]
  })
  return likeNumbersOf(experiment, Object.fromEntries(members))
}

function likeNumbersOf(original: object, copy: JsonObject): JsonObject {
  copyNumberTexts(original, copy)
  return copy
}

function redactedDeclaration(declared: JsonValue, rewriting: Rewriting): JsonValue {
  if (!isObject(declared)) return rewriteJson(declared, rewriting)
  const members = Object.entries(declared).map(([key, item]): [string, JsonValue] => {
    const isVariable = declared['type'] === 'env' && key === 'key'
    return [key, isVariable ? (item as JsonValue) : redactedDeclaration(item as JsonValue, rewriting)]
  })
  return likeNumbersOf(declared, Object.fromEntries(members))
}
