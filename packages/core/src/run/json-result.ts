import {
  copyNumberTexts,
  type JsonValue,
  numberTextAt,
  putValue,
  textOfWritten,
  writtenNumber,
} from '@squall/contract'

/** A value as JSON, or what in it is not JSON. A number may come with its text: see `putValue`. */
export type JsonAnswer = { readonly json: JsonValue } | { readonly wrong: string }

/** Deeper than any file or answer is; deeper still, JSON.stringify itself gives up. */
const deepest = 1000

/**
 * Copies a value as JSON would keep it, so that what its owner does to it later changes nothing: nothing at all becomes
 * null, `undefined` members are left out. `oddNumbers` lets NaN and Infinity pass, which YAML has and JSON has not.
 */
export function asJson(value: unknown, options: { readonly oddNumbers?: boolean } = {}): JsonAnswer {
  try {
    if (textOfWritten(value) !== undefined) return { json: value as JsonValue }
    return { json: value === undefined ? null : new Copier(options.oddNumbers ?? false).copy(value) }
  } catch (error) {
    if (error instanceof NotJson) return { wrong: error.message }
    // A getter or a proxy may throw anything.
    return { wrong: `an object that cannot be read (${error instanceof Error ? error.message : 'it threw'})` }
  }
}

/** A copy of a value that is known to be JSON; numbers keep their texts. */
export function copyJson<Value>(value: Value): Value {
  const answer = asJson(value, { oddNumbers: true })
  if ('wrong' in answer) throw new TypeError(`${answer.wrong} is not JSON`)
  return answer.json as Value
}

class NotJson extends Error {}

class Copier {
  readonly #oddNumbers: boolean
  /** The objects that the current one lies in. */
  readonly #around: object[] = []

  constructor(oddNumbers: boolean) {
    this.#oddNumbers = oddNumbers
  }

  copy(value: unknown): JsonValue {
    switch (typeof value) {
      case 'string':
      case 'boolean':
        return value
      case 'number':
        if (!Number.isFinite(value)) return this.#copyOdd(value)
        // JSON has no -0.
        return value === 0 ? 0 : value
      case 'object':
        return value === null ? null : this.#copyObject(value)
      case 'undefined':
        throw new NotJson('undefined')
      default:
        throw new NotJson(`a ${typeof value}`)
    }
  }

  #copyOdd(value: number): JsonValue {
    if (!this.#oddNumbers) throw new NotJson(String(value))
    return writtenNumber(value, String(value))
  }

  #copyObject(value: object): JsonValue {
    const around = this.#around
    if (around.length >= deepest) {
      const isCycle = new Set(around).size < around.length
      throw new NotJson(
        isCycle ? 'an object that contains itself' : `values nested deeper than ${deepest} levels`,
      )
    }
    around.push(value)
    const copied = Array.isArray(value) ? this.#copyItems(value) : this.#copyMembers(value)
    copyNumberTexts(value, copied as object)
    around.pop()
    return copied
  }

  #copyItems(value: readonly unknown[]): JsonValue {
    const copied: JsonValue[] = []
    for (let at = 0; at < value.length; at += 1) this.#copyMember(value, at, value[at], copied)
    return copied
  }

  /** A number that comes with its text may be any that JSON has not. */
  #copyMember(from: object, at: string | number, item: unknown, to: object): void {
    const isWritten = textOfWritten(item) !== undefined || numberTextAt(from, at) !== undefined
    putValue(to, at, isWritten ? (item as JsonValue) : this.copy(item))
  }

  #copyMembers(value: object): JsonValue {
    if (!isPlain(value)) throw new NotJson(`${articled(value.constructor?.name ?? 'foreign object')}`)
    const copied: Record<string, JsonValue> = {}
    for (const [key, item] of Object.entries(value)) {
      if (item === undefined) continue
      this.#copyMember(value, key, item, copied)
    }
    return copied
  }
}

/** An object literal, also of another realm, whose prototype is not ours. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || Object.getPrototypeOf(prototype) === null
}

function articled(name: string): string {
  return `${/^[aeiou]/i.test(name) ? 'an' : 'a'} ${name}`
}
