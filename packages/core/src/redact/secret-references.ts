import { isObject, type JsonValue } from '@squall/contract'
import type { NamedSecret } from './named-secrets.ts'
import { rewriteJson } from './rewrite-json.ts'
import type { SecretFinder } from './secret-finder.ts'
import { exactMark, replaced, unmarked } from './secret-marks.ts'

/** Arguments of an undo without their secrets, and the names of those that have to be put in again. */
export interface Concealed {
  readonly arguments: JsonValue
  readonly secrets: readonly string[]
}

/** The one key of the object that stands for a text which is a secret and nothing else. */
const referenceKey = '$secret'

/**
 * Stores the secrets in the arguments of an undo as references, and resolves these again in whichever process carries
 * the undo out.
 */
export class SecretReferences {
  readonly #finder: SecretFinder | undefined
  readonly #known: ReadonlyMap<string, NamedSecret>
  readonly #missing: ReadonlyMap<string, string>

  constructor(
    finder: SecretFinder | undefined,
    secrets: readonly NamedSecret[],
    missing: ReadonlyMap<string, string>,
  ) {
    this.#finder = finder
    // Of two secrets of one name the first counts, as it does for the finder.
    this.#known = new Map([...secrets].reverse().map((secret) => [secret.name, secret]))
    this.#missing = missing
  }

  isKnown(name: string): boolean {
    return this.#known.has(name)
  }

  /** Whether another process can resolve it too. */
  isElsewhere(name: string): boolean {
    return this.#known.get(name)?.isElsewhere ?? false
  }

  /** Throws a `TypeError` when a secret stands in `args` in a form that cannot be told exactly. */
  conceal(args: JsonValue): Concealed {
    const finder = this.#finder
    if (!finder) return { arguments: args, secrets: [] }
    const names = new Set<string>()
    const text = (plain: string): string =>
      replaced(plain, finder.find(plain), (found) => {
        names.add(found.secret.name)
        return exactMark(found, plain)
      })
    const conceal = (leaf: JsonValue): JsonValue => {
      if (typeof leaf !== 'string') return leaf
      const [found] = finder.find(leaf)
      if (found?.secret.value !== leaf) return text(leaf)
      names.add(found.secret.name)
      return { [referenceKey]: found.secret.name }
    }
    const concealed = { arguments: rewriteJson(args, { key: text, leaf: conceal }), secrets: [...names] }
    if (names.size > 0) this.#checkWayBack(args, concealed)
    return concealed
  }

  /** Puts secrets in again. Throws an `Error` that says which one cannot be had, and why. */
  reveal(args: JsonValue, names: readonly string[]): JsonValue {
    if (names.length === 0) return args
    const secretOf = (name: string): string => this.#valueOf(name)
    const reveal = (value: JsonValue): JsonValue => {
      if (typeof value === 'string') return unmarked(value, names, secretOf)
      if (Array.isArray(value)) return value.map(reveal)
      if (!isObject(value)) return value
      const name = referenceOf(value, names)
      if (name !== undefined) return secretOf(name)
      const members = Object.entries(value).map(([key, item]) => [
        unmarked(key, names, secretOf),
        reveal(item as JsonValue),
      ])
      return Object.fromEntries(members)
    }
    return reveal(args)
  }

  /** Puts every secret in again that a mark stands for. Throws an `Error` for one that cannot be had. */
  revealAll(value: JsonValue): JsonValue {
    return this.reveal(value, [...this.#known.keys(), ...this.#missing.keys()])
  }

  #valueOf(name: string): string {
    const known = this.#known.get(name)
    if (known) return known.value
    const reason = this.#missing.get(name) ?? 'nothing of that name is declared'
    throw new Error(`The secret '${name}' cannot be read again: ${reason}`)
  }

  /** An undo that nobody could carry out later must be found out before the harm. */
  #checkWayBack(args: JsonValue, concealed: Concealed): void {
    const again = this.reveal(concealed.arguments, concealed.secrets)
    if (JSON.stringify(again) === JSON.stringify(args)) return
    throw new TypeError(
      `the secret '${concealed.secrets.join("' or '")}' in a form that cannot be stored as a reference`,
    )
  }
}

function referenceOf(value: object, names: readonly string[]): string | undefined {
  const [[key, name] = [], ...others] = Object.entries(value)
  const isReference = key === referenceKey && others.length === 0 && typeof name === 'string'
  return isReference && names.includes(name) ? name : undefined
}
