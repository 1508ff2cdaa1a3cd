import { type Change, copyNumberTexts, isObject, type JsonObject, type JsonValue } from '@squall/contract'
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

/** A change without its secrets: in the experiment as the first event shows it, elsewhere as any other event does. */
export function redactedChange(
  change: Change,
  { experiment, rest }: { readonly experiment: Rewriting; readonly rest: Rewriting },
): Change {
  const rewriting = change.path[0] === 'experiment' ? experiment : rest
  const path = change.path.map((key) => (typeof key === 'string' ? rewriting.key(key) : key))
  if (change.op === 'splice')
    return { ...change, path, insert: change.insert.map((item) => rewriteJson(item, rewriting)) }
  if (change.op === 'remove' || change.value === undefined) return { ...change, path }
  return { ...change, path, value: rewriteJson(change.value as JsonValue, rewriting) }
}
