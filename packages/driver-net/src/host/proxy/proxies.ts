import { ApiError, badBody, missingField, proxyAlreadyExists, proxyNotFound } from './api-error.ts'
import { NamedProxy } from './named-proxy.ts'
import { type Fields, fieldsOf, flagOf } from './request-body.ts'

/** Every proxy of the server, by name. */
export class Proxies {
  readonly #byName = new Map<string, NamedProxy>()
  readonly #onEmpty: () => void

  /** `onEmpty` is called when the last proxy has been removed. */
  constructor(onEmpty: () => void) {
    this.#onEmpty = onEmpty
  }

  get all(): readonly NamedProxy[] {
    return [...this.#byName.values()]
  }

  get(name: string): NamedProxy {
    const proxy = this.#byName.get(name)
    if (!proxy) throw proxyNotFound()
    return proxy
  }

  async create(body: unknown): Promise<NamedProxy> {
    const fields = fieldsOf(body)
    const proxy = new NamedProxy(fields)
    if (this.#byName.has(proxy.name)) throw proxyAlreadyExists()
    return this.#put(proxy, fields)
  }

  /** Declares several; one that is there already and leads elsewhere is replaced. Stops at the first that fails. */
  async populate(
    body: unknown,
  ): Promise<{ readonly proxies: readonly NamedProxy[]; readonly failure?: unknown }> {
    if (!Array.isArray(body)) throw badBody('expected a list')
    const declared = body.map(fieldsOf)
    for (const [at, { name, upstream }] of declared.entries()) {
      if (!name) throw missingField(`name at proxy ${at + 1}`)
      if (!upstream) throw missingField(`upstream at proxy ${at + 1}`)
    }
    const proxies: NamedProxy[] = []
    try {
      for (const fields of declared) proxies.push(await this.#declare(fields))
      return { proxies }
    } catch (failure) {
      return { proxies, failure }
    }
  }

  async remove(name: string): Promise<void> {
    const proxy = this.get(name)
    this.#byName.delete(name)
    await proxy.stop()
    if (this.#byName.size === 0) this.#onEmpty()
  }

  /** Enables every proxy and removes every toxic. */
  async reset(): Promise<void> {
    for (const proxy of this.all) {
      await proxy.start()
      proxy.toxics.clear()
    }
  }

  async #declare(fields: Fields): Promise<NamedProxy> {
    const present = this.#byName.get(String(fields['name']))
    if (present?.isLike(fields)) return present
    const proxy = new NamedProxy(fields)
    await present?.stop()
    return this.#put(proxy, fields)
  }

  async #put(proxy: NamedProxy, fields: Fields): Promise<NamedProxy> {
    // In its place before it listens, so that two requests at once do not both make it.
    this.#byName.set(proxy.name, proxy)
    try {
      if (flagOf(fields, 'enabled', true)) await proxy.start()
      return proxy
    } catch (error) {
      this.#byName.delete(proxy.name)
      throw error instanceof Error ? error : new ApiError(String(error), 500)
    }
  }
}
