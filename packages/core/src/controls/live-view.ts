import { type Change, type JsonValue, type LiveDocument, plainValue, putValue } from '@squall/contract'
import { asJson } from '../run/json-result.ts'
import type { Author, ChangeTracker } from './change-tracker.ts'

type Container = Record<string | number, JsonValue> | JsonValue[]

/** From the proxies that are handed out to what they stand for, so that one put in elsewhere is copied. */
const originals = new WeakMap<object, object>()

/** What a hook sees of tracked values: proxies that change them in place and put each change on record. */
export class LiveView {
  readonly #author: Author
  readonly #tracker: ChangeTracker
  readonly #proxies = new WeakMap<object, object>()
  readonly #handler: ProxyHandler<Container>

  constructor(author: Author, tracker: ChangeTracker) {
    this.#author = author
    this.#tracker = tracker
    this.#handler = {
      get: (target, key) => this.#get(target, key),
      set: (target, key, value) => this.#set(target, key, value),
      deleteProperty: (target, key) => this.#delete(target, key),
      // The ways around the three above.
      defineProperty: () => false,
      setPrototypeOf: () => false,
      preventExtensions: () => false,
    }
  }

  /** A document over a tracked value, or over a value that cannot be changed in place. */
  document<Value extends JsonValue>(value: Value): LiveDocument<Value> {
    if (typeof value !== 'object' || value === null) return { value, revision: 0 }
    const root = this.#tracker.find(value)?.root
    return {
      value: this.#proxy(value as Container) as Value,
      get revision() {
        return root?.revision ?? 0
      },
    }
  }

  #proxy(value: Container): object {
    let proxy = this.#proxies.get(value)
    if (!proxy) {
      proxy = new Proxy(value, this.#handler)
      this.#proxies.set(value, proxy)
      originals.set(proxy, value)
    }
    return proxy
  }

  #get(target: Container, key: string | symbol): unknown {
    if (typeof key === 'symbol') return Reflect.get(target, key)
    if (Array.isArray(target)) {
      const method = this.#listMethod(target, key)
      if (method) return method
    } else if (!Object.hasOwn(target, key)) return Reflect.get(target, key)
    const value = (target as Record<string, unknown>)[key]
    if (typeof value !== 'object' || value === null) return value
    this.#tracker.place(value, target, keyOf(target, key))
    return this.#proxy(value as Container)
  }

  /** Those that move items: item by item they would be as many changes as the list is long. */
  #listMethod(list: JsonValue[], key: string): ((...args: never[]) => unknown) | undefined {
    const splice = (at: number, remove: number, insert: readonly unknown[] = []): JsonValue[] =>
      this.#splice(list, at, remove, insert)
    switch (key) {
      case 'push':
        return (...items: unknown[]) => {
          splice(list.length, 0, items)
          return list.length
        }
      case 'unshift':
        return (...items: unknown[]) => {
          splice(0, 0, items)
          return list.length
        }
      case 'pop':
        return () => splice(list.length - 1, 1)[0]
      case 'shift':
        return () => splice(0, 1)[0]
      case 'splice':
        return (...args: unknown[]) => this.#spliceAsAsked(list, args)
      default:
        return undefined
    }
  }

  #spliceAsAsked(list: JsonValue[], args: readonly unknown[]): JsonValue[] {
    const [start, count, ...items] = args
    const from = Math.trunc(Number(start)) || 0
    const at = from < 0 ? Math.max(0, list.length + from) : Math.min(from, list.length)
    const most = list.length - at
    const asked = args.length > 1 ? Math.trunc(Number(count)) || 0 : most
    const remove = args.length === 0 ? 0 : Math.min(Math.max(0, asked), most)
    return this.#splice(list, at, remove, items)
  }

  #splice(list: JsonValue[], at: number, remove: number, items: readonly unknown[]): JsonValue[] {
    const insert = items.map((item) => plainValue(plain(item)))
    if (at < 0 || (remove === 0 && insert.length === 0)) return []
    this.#record(list, (path) => ({ op: 'splice', path, at, remove, insert: insert.map(plain) }))
    const removed = list.splice(at, remove, ...insert)
    for (const [offset, item] of insert.entries()) this.#adopt(item, list, at + offset)
    return removed
  }

  #set(target: Container, key: string | symbol, value: unknown): boolean {
    if (typeof key === 'symbol') return false
    if (Array.isArray(target)) return this.#setItem(target, key, value)
    if (value === undefined) return this.#delete(target, key)
    const present = Object.hasOwn(target, key) ? target[key] : undefined
    if (isAlready(present, value)) return true
    const copy = plain(value)
    this.#record(target, (path) => setting([...path, key], plain(copy)))
    putValue(target, key, copy)
    this.#adopt(copy, target, key)
    return true
  }

  #setItem(list: JsonValue[], key: string, value: unknown): boolean {
    if (key === 'length') {
      const length = Number(value)
      if (!(length <= list.length)) return false
      this.#splice(list, length, list.length - length, [])
      return true
    }
    const index = Number(key)
    if (!Number.isInteger(index) || index < 0 || index > list.length) return false
    const present = list[index]
    if (isAlready(present, value)) return true
    this.#splice(list, index, index < list.length ? 1 : 0, [value])
    return true
  }

  #delete(target: Container, key: string | symbol): boolean {
    if (typeof key === 'symbol' || Array.isArray(target)) return false
    if (!Object.hasOwn(target, key)) return true
    this.#record(target, (path) => ({ op: 'remove', path: [...path, key] }))
    return delete target[key]
  }

  #record(target: object, change: Parameters<ChangeTracker['record']>[2]): void {
    this.#tracker.record(this.#author, target, change as (path: readonly (string | number)[]) => Change)
  }

  #adopt(value: JsonValue, parent: object, key: string | number): void {
    if (typeof value === 'object' && value !== null) this.#tracker.place(value, parent, key)
  }
}

/** Whether a value is what is there, or its proxy. What is no proxy has no original, as what is not there is nothing. */
function isAlready(present: unknown, value: unknown): boolean {
  if (present === value) return true
  return (
    typeof value === 'object' && value !== null && originals.has(value) && originals.get(value) === present
  )
}

function keyOf(target: Container, key: string): string | number {
  return Array.isArray(target) ? Number(key) : key
}

function setting(path: readonly (string | number)[], value: JsonValue): Change {
  const change: Change = { op: 'set', path, value: null }
  putValue(change, 'value', value)
  return change
}

/** A copy that nobody else holds. Throws a `TypeError` for what is not JSON. */
function plain(value: unknown): JsonValue {
  const answer = asJson(value)
  if ('json' in answer) return answer.json
  throw new TypeError(`${answer.wrong} is not JSON, so it cannot be put into a document of the run`)
}
