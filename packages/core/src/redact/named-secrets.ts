import { isObject, type JsonObject, type JsonValue } from '@squall/contract'
import type { Environment, Overrides } from '../configuration/load-configuration.ts'
import { References } from '../configuration/references.ts'
import { textOf } from '../configuration/text-of.ts'

/** What is kept out of everything a run writes: see `docs/decisions/0004-what-is-a-secret.md`. */
export type RedactLevel = 'secrets' | 'all'

/** A value that must not leave this process, and the name that stands for it. */
export interface NamedSecret {
  /** Where it is declared, such as `api.token`. */
  readonly name: string
  readonly value: string
  /** Whether a process that finishes the run of a dead one can read it again. */
  readonly isElsewhere: boolean
}

export interface SecretSources {
  /** `configuration` and `secrets` as the experiment declares them. */
  readonly declared: { readonly configuration: JsonObject; readonly secrets: JsonObject }
  /** The secrets as they were resolved. */
  readonly secrets: JsonObject
  /** The answers of the entries of type `probe`, once they are known. */
  readonly answers?: JsonObject
  /** What resolvers have read, once it is known. */
  readonly references?: References
  readonly environment: Environment
  readonly overrides?: Overrides | undefined
  readonly level: RedactLevel
}

/** Shorter values stand everywhere by chance, so that hiding them would blank out what they have nothing to do with. */
export const shortestSecret = 6

/**
 * Finds the values to keep secret: all under `secrets` that the experiment does not itself write down, and what its
 * configuration reads from elsewhere under a name that says so. `all` adds the ones written down and every configuration
 * value that comes from the environment.
 */
export function namedSecrets(sources: SecretSources): NamedSecret[] {
  const { declared, secrets, level } = sources
  const own = Object.entries(secrets).flatMap(([group, value]) => {
    const isGiven = isGivenFor(group, sources.overrides?.secrets)
    return leavesOf(value, declared.secrets[group], [group])
      .filter(({ isLiteral }) => level === 'all' || !isLiteral)
      .map(({ name, value: text }) => ({ name, value: text, isElsewhere: !isGiven }))
  })
  return [...own, ...configurationSecrets(sources)].flatMap(({ name, value, isElsewhere }) => {
    // A file or a shell often leaves a line end that what is printed later has lost.
    const trimmed = value.trim()
    return trimmed.length < shortestSecret ? [] : [{ name, value: trimmed, isElsewhere }]
  })
}

interface Leaf {
  readonly name: string
  readonly value: string
  /** It stands in the experiment as it is. */
  readonly isLiteral: boolean
}

/** Whatever differs from what the file has at the same place came from elsewhere, by whatever resolver. */
function leavesOf(value: JsonValue, declared: JsonValue | undefined, path: readonly string[]): Leaf[] {
  if (value === null || typeof value === 'boolean') return []
  if (typeof value !== 'object')
    return [{ name: path.join('.'), value: String(value), isLiteral: value === declared }]
  return Object.entries(value).flatMap(([key, item]) => {
    const isThere = typeof declared === 'object' && declared !== null && Object.hasOwn(declared, key)
    const there = isThere ? (declared as JsonObject)[key] : undefined
    return leavesOf(item as JsonValue, there, [...path, key])
  })
}

/** The last word of a name that announces a secret: `DB_PASSWORD`, `apiKey`, but not `token_url`. */
export const announces: RegExp =
  /(?:pass(?:word|wd|phrase)|pwd|secret|token|credential|(?:api|access|private|auth)[-_. ]?key)s?$/i

function configurationSecrets(sources: SecretSources): NamedSecret[] {
  const { declared, environment, level, references = References.none } = sources
  return Object.entries(declared.configuration).flatMap(([name, written]): NamedSecret[] => {
    const given = sources.overrides?.configuration
    const entry = isGivenFor(name, given) ? (given?.[name] as JsonValue) : written
    const path = ['configuration', name]
    const read = references.at(path)
    // Whatever its name, it lies in a store of secrets.
    if (read)
      return leavesOf('value' in read ? read.value : null, undefined, path).map((leaf) => ({
        ...leaf,
        isElsewhere: true,
      }))
    const isSaid = announces.test(name)
    if (isObject(entry) && entry['type'] === 'env') {
      const variable = textOf(entry['key'])
      const value = Object.hasOwn(environment, variable) ? environment[variable] : undefined
      const isHidden = value !== undefined && (level === 'all' || isSaid || announces.test(variable))
      return isHidden ? [{ name: path.join('.'), value, isElsewhere: true }] : []
    }
    if (!isSaid) return []
    const isProbe = isObject(entry) && entry['type'] === 'probe'
    const value = isProbe ? (sources.answers?.[name] ?? null) : entry
    return leavesOf(value, isProbe ? undefined : written, path)
      .filter(({ isLiteral }) => level === 'all' || !isLiteral)
      .map(({ name: leaf, value: text }) => ({ name: leaf, value: text, isElsewhere: !isProbe }))
  })
}

function isGivenFor(key: string, overrides: JsonObject | undefined): boolean {
  return overrides !== undefined && Object.hasOwn(overrides, key)
}
