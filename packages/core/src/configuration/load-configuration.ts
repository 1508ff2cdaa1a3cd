import {
  copyNumberTexts,
  isObject,
  type JsonObject,
  type JsonValue,
  objectOfEntries,
  SquallError,
  valueAt,
} from '@squall/contract'
import { convertType } from './convert-type.ts'
import { type ReferenceAnswer, References } from './references.ts'
import { textOf } from './text-of.ts'

export type Environment = Readonly<Record<string, string | undefined>>

/** Values given on the command line or in var files. They replace only keys that the experiment declares. */
export interface Overrides {
  readonly configuration?: JsonObject
  readonly secrets?: JsonObject
}

/** A problem with one entry, at a path below `configuration` or `secrets`. */
export type ReportProblem = (path: readonly (string | number)[], error: SquallError) => void

/**
 * Resolves `configuration` (spec 3.1): environment entries become their typed value, entries of type `probe` stay as
 * they are for `resolveDynamicConfiguration`, references take the value that was read, everything else is used as it is.
 */
export function loadConfiguration(
  declared: JsonObject,
  environment: Environment,
  overrides: JsonObject = {},
  report: ReportProblem = raise,
  references: References = References.none,
): JsonObject {
  const loaded = new Map<string, JsonValue>()
  for (const name of Object.keys(declared)) {
    const holder = Object.hasOwn(overrides, name) ? overrides : declared
    try {
      const answer = references.at(['configuration', name])
      loaded.set(name, answer ? readValue(answer) : loadEntry(name, holder, environment))
    } catch (error) {
      report([name], error as SquallError)
    }
  }
  return objectOfEntries(loaded)
}

function loadEntry(name: string, holder: JsonObject, environment: Environment): JsonValue {
  const entry = holder[name]
  const isVariable = isObject(entry) && entry['type'] === 'env'
  return isVariable ? readVariable(name, entry as JsonObject, environment) : valueAt(holder, name)
}

/** A key that the object itself has: `constructor` and its like are inherited by every object. */
function ownValue<Value>(object: Readonly<Record<string, Value>>, key: string): Value | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined
}

function readVariable(name: string, entry: JsonObject, environment: Environment): JsonValue {
  const variable = textOf(entry['key'])
  const type = typeof entry['env_var_type'] === 'string' ? entry['env_var_type'] : undefined
  const value = ownValue(environment, variable)
  if (value !== undefined) return convertType(name, value, type)
  if (!('default' in entry)) throw new SquallError('SQUALL_CONFIGURATION_MISSING', { name, variable })
  const fallback = entry['default'] ?? null
  return fallback === null ? null : convertType(name, fallback, type)
}

/**
 * Resolves `secrets` (spec 3.2): environment entries at any depth, no defaults and no types; references take the value
 * that was read.
 */
export function loadSecrets(
  declared: JsonObject,
  environment: Environment,
  overrides: JsonObject = {},
  report: ReportProblem = raise,
  references: References = References.none,
): JsonObject {
  const resolve = (value: JsonValue, path: readonly string[]): JsonValue => {
    if (!isObject(value)) return value
    const answer = references.at(['secrets', ...path])
    if (answer) return 'value' in answer ? answer.value : unread(answer.error, path, report)
    const entry = value as JsonObject
    if (entry['type'] === 'env') return readSecret(entry, path, environment, report)
    const resolved = Object.fromEntries(
      Object.entries(entry).map(([key, item]) => [key, resolve(item, [...path, key])]),
    )
    copyNumberTexts(entry, resolved)
    return resolved
  }
  const groups = Object.entries(declared).map(([name, group]): [string, JsonValue] => {
    const override = ownValue(overrides, name)
    return [name, override === undefined ? resolve(group, [name]) : override]
  })
  return Object.fromEntries(groups)
}

function readSecret(
  entry: JsonObject,
  path: readonly string[],
  environment: Environment,
  report: ReportProblem,
): JsonValue {
  const variable = textOf(entry['key'])
  const value = ownValue(environment, variable)
  if (value !== undefined) return value
  report(path, new SquallError('SQUALL_CONFIGURATION_MISSING', { name: path.join('.'), variable }))
  return null
}

function readValue(answer: ReferenceAnswer): JsonValue {
  if ('error' in answer) throw answer.error
  return answer.value
}

function unread(error: SquallError, path: readonly string[], report: ReportProblem): JsonValue {
  report(path, error)
  return null
}

function raise(_path: readonly (string | number)[], error: SquallError): never {
  throw error
}
