import { type ActivityContext, ActivityFailed, type JsonObject } from '@squall/contract'
import type { NetSystem } from './net-system.ts'
import type { Toxic } from './toxic-types.ts'

/** A proxy as the API shows it; a server other than ours leaves `http` and `seed` out. */
export interface ProxyState {
  readonly name: string
  readonly listen: string
  readonly upstream: string
  readonly enabled: boolean
  readonly http?: boolean
  readonly seed?: number
  readonly toxics: readonly Toxic[]
}

const standardPort = 8474

/** The address of the API: the argument, else what the configuration says as for chaostoolkit-toxiproxy, else the usual one. */
export function apiUrl(
  given: string | undefined,
  { configuration }: Pick<ActivityContext, 'configuration'>,
): string {
  const { toxiproxy_url: url, toxiproxy_host: host, toxiproxy_port: port } = configuration
  const written = given ?? url ?? `http://${host ?? '127.0.0.1'}:${port ?? standardPort}`
  return String(written).replace(/\/+$/, '')
}

/** Speaks to a server with the API of Toxiproxy. Errors it answers with reject as `ActivityFailed`. */
export class ApiClient {
  readonly url: string
  readonly #system: NetSystem
  readonly #signal: AbortSignal

  constructor(url: string, system: NetSystem, signal: AbortSignal) {
    this.url = url
    this.#system = system
    this.#signal = signal
  }

  /** Whether a server is there; rejects when what is there is none. */
  async isThere(): Promise<boolean> {
    const answer = await this.#ask('GET', '/version')
    if (answer === null) return false
    if (answer.status === 200 && typeof (answer.body as { version?: unknown } | null)?.version === 'string')
      return true
    throw new ActivityFailed(`What listens on ${this.url} is no server with the API of Toxiproxy.`)
  }

  async proxies(): Promise<Readonly<Record<string, ProxyState>>> {
    return (await this.#get('GET', '/proxies')) as Record<string, ProxyState>
  }

  /** Undefined when there is none of that name. */
  async findProxy(name: string): Promise<ProxyState | undefined> {
    const answer = await this.#ask('GET', proxyPath(name))
    if (answer === null || answer.status === 404) return undefined
    return this.#checked(answer, 'GET', proxyPath(name)) as ProxyState
  }

  async proxy(name: string): Promise<ProxyState> {
    return (await this.#get('GET', proxyPath(name))) as ProxyState
  }

  async createProxy(fields: JsonObject): Promise<ProxyState> {
    return (await this.#get('POST', '/proxies', fields)) as ProxyState
  }

  async updateProxy(name: string, change: JsonObject): Promise<ProxyState> {
    return (await this.#get('POST', proxyPath(name), change)) as ProxyState
  }

  async setEnabled(name: string, enabled: boolean): Promise<ProxyState> {
    return this.updateProxy(name, { enabled })
  }

  async removeProxy(name: string): Promise<void> {
    await this.#get('DELETE', proxyPath(name))
  }

  async reset(): Promise<void> {
    await this.#get('POST', '/reset')
  }

  async addToxic(proxy: string, toxic: object): Promise<Toxic> {
    return (await this.#get('POST', `${proxyPath(proxy)}/toxics`, toxic)) as Toxic
  }

  async updateToxic(proxy: string, name: string, change: object): Promise<Toxic> {
    return (await this.#get('POST', toxicPath(proxy, name), change)) as Toxic
  }

  async removeToxic(proxy: string, name: string): Promise<void> {
    await this.#get('DELETE', toxicPath(proxy, name))
  }

  async #get(method: string, path: string, body?: unknown): Promise<unknown> {
    const answer = await this.#ask(method, path, body)
    if (answer !== null) return this.#checked(answer, method, path)
    throw new ActivityFailed(`Nobody listens on ${this.url}.`, {
      hint: 'Start a proxy with `start_proxy`, or name the API with the argument `api`.',
    })
  }

  #checked({ status, body }: { status: number; body: unknown }, method: string, path: string): unknown {
    if (status < 400) return body
    const reason = (body as { error?: unknown } | null)?.error ?? body
    throw new ActivityFailed(
      `${method} ${this.url}${path} was answered with ${status}: ${String(reason).trim()}.`,
    )
  }

  async #ask(method: string, path: string, body?: unknown) {
    try {
      return await this.#system.ask(method, `${this.url}${path}`, body, this.#signal)
    } catch (error) {
      if (this.#signal.aborted) throw error
      throw new ActivityFailed(`${this.url} cannot be asked: ${(error as Error).message}.`, { cause: error })
    }
  }
}

/** The toxic of that name, or undefined. */
export function toxicOf(proxy: ProxyState | undefined, name: string): Toxic | undefined {
  return proxy?.toxics.find((toxic) => toxic.name === name)
}

function proxyPath(name: string): string {
  return `/proxies/${encodeURIComponent(name)}`
}

function toxicPath(proxy: string, name: string): string {
  return `${proxyPath(proxy)}/toxics/${encodeURIComponent(name)}`
}
