import type {
  ControlContext,
  HookCall,
  HookName,
  JsonObject,
  JsonValue,
  LiveDocument,
  OpenControl,
} from '@squall/contract'
import { onTestFinished } from 'vitest'
import { pythonPlace, RememberingContext } from './python-place.ts'

/** A document of a run, whose revision grows with every change through `value`. */
export class TestDocument<Value extends JsonValue = JsonValue> implements LiveDocument<Value> {
  readonly value: Value
  readonly original: Value
  revision = 0
  readonly #proxies = new WeakMap<object, object>()
  readonly #originals = new WeakMap<object, object>()

  constructor(original: Value) {
    this.original = original
    this.value = this.#watched(original)
  }

  /** A document over a part of this one. */
  part(value: JsonValue): LiveDocument {
    const whole = this
    return {
      value: this.#watched(value),
      get revision() {
        return whole.revision
      },
    }
  }

  #watched<Item extends JsonValue>(value: Item): Item {
    if (typeof value !== 'object' || value === null) return value
    const known = this.#proxies.get(value)
    if (known) return known as Item
    const made = new Proxy(value as object, {
      get: (target, key) => {
        const item: unknown = Reflect.get(target, key)
        return typeof key === 'string' && Object.hasOwn(target, key) ? this.#watched(item as JsonValue) : item
      },
      set: (target, key, item) => {
        this.revision += 1
        return Reflect.set(target, key, this.#originals.get(item as object) ?? item)
      },
      deleteProperty: (target, key) => {
        this.revision += 1
        return Reflect.deleteProperty(target, key)
      },
    })
    this.#proxies.set(value, made)
    this.#originals.set(made, value)
    return made as Item
  }
}

/** A run with one Python control; what is sent to Python is remembered. */
export async function controlPlace(files: Readonly<Record<string, string>>, experiment: JsonObject) {
  const place = await pythonPlace(files)
  const over = new AbortController()
  onTestFinished(() => over.abort())
  const documents = {
    experiment: new TestDocument(experiment),
    configuration: new TestDocument<JsonObject>({ region: 'north' }),
    secrets: new TestDocument<JsonObject>({ group: { token: 't' } }),
    settings: new TestDocument<JsonObject>({ plugin: 5 }),
  }
  const host = new RememberingContext(over.signal)
  const context: ControlContext = Object.assign(host, {
    probe: () => Promise.reject(new Error('no probes here')),
  })
  const open = (module: string, name = module): Promise<OpenControl> => {
    const controls = place.python.controls
    if (!controls) throw new Error('no controls')
    return controls.open({ name, provider: { type: 'python', module }, isGlobal: false }, context)
  }
  const call = (around: LiveDocument, more: Partial<HookCall> = {}): HookCall => ({
    ...documents,
    arguments: {},
    context: around,
    signal: over.signal,
    skip: () => undefined,
    ...more,
  })
  const hook = (control: OpenControl, name: HookName, around: LiveDocument, more: Partial<HookCall> = {}) => {
    const found = control.hooks[name]
    if (!found) throw new Error(`no ${name}`)
    return found(call(around, more))
  }
  return { ...place, documents, open, hook, host, over }
}
