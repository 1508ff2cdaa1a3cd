import type { JsonValue } from '@squall/contract'

/** A value as JSON, or what in it is not JSON. */
export type JsonAnswer = { readonly json: JsonValue } | { readonly wrong: string }

/** Deeper than any file or answer is; deeper still, JSON.stringify itself gives up. */
const deepest = 1000

/**
 * Copies a value as JSON would keep it, so that what its owner does to it later changes nothing: nothing at all becomes
 * null, `undefined` members are left out. `oddNumbers` lets NaN and Infinity pass, which YAML has and JSON has not.
 */
export function asJson(value: unknown, options: { readonly oddNumbers?: boolean } = {}): JsonAnswer {
  try {
    return { json: value === undefined ? null : new Copier(options.oddNumbers ?? false).copy(value) }
  } catch (error) {
    if (error instanceof NotJson) return { wrong: error.message }
    // A getter or a proxy may throw anything.
    return { wrong: `an object that cannot be read (${error instanceof Error ? error.message : 'it threw'})` }
  }
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
        if (!Number.isFinite(value) && !this.#oddNumbers) throw new NotJson(String(value))
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

  #copyObject(value: object): JsonValue {
    const around = this.#around
    if (around.length >= deepest) {
      const isCycle = new Set(around).size < around.length
      throw new NotJson(
        isCycle ? 'an object that contains itself' : `values nested deeper than ${deepest} levels`,
      )
    }
    around.push(value)
    const copied = Array.isArray(value)
      ? Array.from(value, (item) => this.copy(item))
      : this.#copyMembers(value)
    around.pop()
    return copied
  }

  #copyMembers(value: object): JsonValue {
    if (!isPlain(value)) throw new NotJson(`${articled(value.constructor?.name ?? 'foreign object')}`)
    const copied: Record<string, JsonValue> = {}
    for (const [key, item] of Object.entries(value)) {
      if (item === undefined) continue
      if (key === '__proto__') defineMember(copied, key, this.copy(item))
      else copied[key] = this.copy(item)
    }
    return copied
  }
}

/** An object literal, also of another realm, whose prototype is not ours. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || Object.getPrototypeOf(prototype) === null
}

/** An assignment to `__proto__` would set the prototype. */
function defineMember(object: object, key: string, value: JsonValue): void {
  Object.defineProperty(object, key, { value, configurable: true, enumerable: true, writable: true })
}

function articled(name: string): string {
  return `${/^[aeiou]/i.test(name) ? 'an' : 'a'} ${name}`
}
