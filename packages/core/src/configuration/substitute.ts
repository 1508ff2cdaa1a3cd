import { type JsonObject, type JsonValue, plainValue, putValue, pythonText, valueAt } from '@squall/contract'

/** What `${name}` may stand for: configuration first, then every group of secrets in file order. */
export interface Variables {
  readonly configuration: JsonObject
  readonly secrets: JsonObject
  /** True when the experiment declares no configuration and no secrets: arguments are then left alone (spec 4). */
  readonly empty: boolean
  /** A number may come with its text: see `putValue`. */
  lookup(name: string): JsonValue | undefined
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

const whole = /^\$\{([_a-zA-Z][_a-zA-Z0-9]*)\}$/
const anywhere = /\$(?:(\$)|([_a-zA-Z][_a-zA-Z0-9]*)|\{([_a-zA-Z][_a-zA-Z0-9]*)\})/g

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
  if (typeof value === 'string') return substituteText(value, variables)
  if (typeof value !== 'object' || value === null) return value
  const copy: JsonObject | JsonValue[] = Array.isArray(value) ? [] : {}
  for (const [key, item] of Object.entries(value))
    putValue(copy, key, typeof item === 'number' ? valueAt(value, key) : substituteWritten(item, variables))
  return copy
}

function substituteText(text: string, variables: Variables): JsonValue {
  if (!text.includes('$')) return text
  const alone = whole.exec(text)?.[1]
  if (alone !== undefined) {
    const value = variables.lookup(alone)
    return value === undefined ? text : value
  }
  return text.replace(anywhere, (match, dollar, plain, braced) => {
    if (dollar) return '$'
    const value = variables.lookup(plain ?? braced)
    return value === undefined ? match : pythonText(value)
  })
}
