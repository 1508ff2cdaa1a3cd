import type { JsonObject, JsonValue } from '@squall/contract'
import type { Variables } from '../configuration/substitute.ts'
import { announces, type NamedSecret, shortestSecret } from '../redact/named-secrets.ts'

/** Finds values that controls made secrets: new ones under `secrets`, and in configuration under a name that says so. */
export class LearntSecrets {
  readonly #known: Set<string>

  constructor(variables: Variables) {
    this.#known = new Set(leavesOf(variables).map(({ value }) => value))
  }

  /** Those that are there since the last call. */
  fresh(variables: Variables): NamedSecret[] {
    const fresh = leavesOf(variables).filter(({ value }) => !this.#known.has(value))
    for (const { value } of fresh) this.#known.add(value)
    return fresh
  }
}

function leavesOf({ secrets, configuration }: Variables): NamedSecret[] {
  const said = Object.entries(configuration).filter(([name]) => announces.test(name))
  return [...leaves(secrets, []), ...leaves(Object.fromEntries(said), ['configuration'])]
}

function leaves(value: JsonValue, path: readonly string[]): NamedSecret[] {
  if (value === null || typeof value === 'boolean') return []
  if (typeof value === 'object')
    return Object.entries(value as JsonObject).flatMap(([key, item]) => leaves(item, [...path, key]))
  const text = String(value).trim()
  // Not the name alone: the value that was there first may be told by it.
  const name = `${path.join('.')} of a control`
  return text.length < shortestSecret ? [] : [{ name, value: text, isElsewhere: false }]
}
