import type { JsonObject, JsonValue, SquallError } from '@squall/contract'

/** A value that a driver's resolver has to read. */
export interface Reference {
  /** From the root of the experiment, such as `['secrets', 'api', 'token']`. */
  readonly path: readonly string[]
  /** The resolver, such as `vault`. */
  readonly source: string
  readonly declaration: JsonObject
}

/** What became of a reference. */
export type ReferenceAnswer = { readonly value: JsonValue } | { readonly error: SquallError }

/** The values of references, by where they stand. */
export class References {
  /** Holds no value, so that every declaration stands for itself. */
  static readonly none: References = new References([])
  readonly #answers: ReadonlyMap<string, ReferenceAnswer>

  constructor(answers: readonly (readonly [Reference, ReferenceAnswer])[]) {
    this.#answers = new Map(answers.map(([{ path }, answer]) => [keyOf(path), answer]))
  }

  get size(): number {
    return this.#answers.size
  }

  /** Undefined where no reference stands, or none that has been read. */
  at(path: readonly string[]): ReferenceAnswer | undefined {
    return this.size === 0 ? undefined : this.#answers.get(keyOf(path))
  }
}

/** Names may hold dots. */
function keyOf(path: readonly string[]): string {
  return JSON.stringify(path)
}
