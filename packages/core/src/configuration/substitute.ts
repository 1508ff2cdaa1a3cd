import { type JsonObject, type JsonValue, plainValue, putValue, pythonText, valueAt } from '@squall/contract'
import { hasStepReference } from './step-reference.ts'

/** What `${name}` may stand for: configuration first, then every group of secrets in file order. */
export interface Variables {
  readonly configuration: JsonObject
  readonly secrets: JsonObject
  /** True when the experiment declares no configuration and no secrets: arguments are then left alone (spec 4). */
  readonly empty: boolean
  /** A number may come with its text: see `putValue`. */
  lookup(name: string): JsonValue | undefined
  /** squall: the value of `steps.NAME.output...`; undefined for a text that is no reference. Absent outside of runs. */
  readonly step?: ((inside: string) => JsonValue | undefined) | undefined
}

export function makeVariables(configuration: JsonObject, secrets: JsonObject): Variables {
  const table = new Map<string, JsonObject>(Object.keys(configuration).map((name) => [name, configuration]))
  for (const group of Object.values(secrets)) {
    if (typeof group !== 'object' || group === null || Array.isArray(group)) continue
    for (const name of Object.keys(group)) if (!table.has(name)) table.set(name, group)
  }
  return {
    configuration,
    secrets,
    empty: Object.keys(configuration).length === 0 && Object.keys(secrets).length === 0,
    lookup: (name) => {
      const holder = table.get(name)
      return holder && valueAt(holder, name)
    },
  }
}

/** For what is read before the first step. */
export function withoutSteps(variables: Variables): Variables {
  const { configuration, secrets, empty } = variables
  return { configuration, secrets, empty, lookup: (name) => variables.lookup(name) }
}

const whole = /^\$\{([_a-zA-Z][_a-zA-Z0-9]*|steps\.[^}]+)\}$/
const anywhere = /\$(?:(\$)|([_a-zA-Z][_a-zA-Z0-9]*)|\{([_a-zA-Z][_a-zA-Z0-9]*|steps\.[^}]+)\})/g

/**
 * Replaces `${name}`, `$name` and `$$` in every text of a value, as Python's `string.Template` does with
 * `safe_substitute` (spec 4). A text that is exactly `${name}` becomes the value with its own type. Keys stay, unknown
 * names stay, and what was put in is not looked at again. The input is not altered.
 */
export function substitute(value: JsonValue, variables: Variables): JsonValue {
  return plainValue(substituteWritten(value, variables))
}

/** The same; a number comes with its text where it has one (see `putValue`). */
export function substituteWritten(value: JsonValue, variables: Variables): JsonValue {
  return rewritten(value, (text) => substituteText(text, variables))
}

function substituteText(text: string, variables: Variables): JsonValue {
  if (!text.includes('$')) return text
  const alone = whole.exec(text)?.[1]
  if (alone !== undefined) {
    const value = inPlaceOf(alone, variables)
    return value === undefined ? text : value
  }
  return text.replace(anywhere, (match, dollar, plain, braced) => {
    if (dollar) return '$'
    const value = inPlaceOf(plain ?? braced, variables)
    return value === undefined ? match : pythonText(value)
  })
}

function inPlaceOf(inside: string, variables: Variables): JsonValue | undefined {
  return inside.includes('.') ? variables.step?.(inside) : variables.lookup(inside)
}

/** As `substitute`, for where the reference leaves everything as it is: only texts that refer to a step are looked at. */
export function substituteSteps(value: JsonValue, variables: Variables): JsonValue {
  if (!hasStepReference(value)) return value
  return plainValue(
    rewritten(value, (text) => (hasStepReference(text) ? substituteText(text, variables) : text)),
  )
}

function rewritten(value: JsonValue, put: (text: string) => JsonValue): JsonValue {
  if (typeof value === 'string') return put(value)
  if (typeof value !== 'object' || value === null) return value
  const copy: JsonObject | JsonValue[] = Array.isArray(value) ? [] : {}
  for (const [key, item] of Object.entries(value))
    putValue(copy, key, typeof item === 'number' ? valueAt(value, key) : rewritten(item, put))
  return copy
}
