import { isObject, type JsonObject } from '@squall/contract'
import type { VaultAnswer, VaultRequest, VaultWorld } from './vault-world.ts'

/** A request below `/v1/` of a server. */
export interface Call {
  readonly method: VaultRequest['method']
  /** Its segments, not encoded. */
  readonly path: readonly string[]
  readonly token?: string | undefined
  readonly body?: JsonObject
  readonly signal: AbortSignal
}

/** What a server answered: `body` is empty where it sent no JSON object. */
export interface ServerAnswer {
  readonly status: number
  readonly body: JsonObject
}

/** How often a standby node may send us on. */
const maxRedirects = 5

/** Talks to one Vault server, over its HTTP API. */
export class VaultServer {
  readonly #address: URL
  readonly #authorities: string | undefined
  readonly #world: VaultWorld

  constructor(address: URL, authorities: string | undefined, world: VaultWorld) {
    this.#address = address
    this.#authorities = authorities
    this.#world = world
  }

  /** Rejects where there is no answer. */
  async call({ method, path, token, body, signal }: Call): Promise<ServerAnswer> {
    const headers = {
      Accept: 'application/json',
      // Without it some proxies and agents in front of Vault refuse the request.
      'X-Vault-Request': 'true',
      ...(token ? { 'X-Vault-Token': token } : {}),
      ...(body ? { 'Content-Type': 'application/json' } : {}),
    }
    const route = `v1/${path.map(encodeURIComponent).join('/')}`
    const base = this.#address.pathname.endsWith('/') ? this.#address : new URL(`${this.#address}/`)
    const authorities = this.#authorities
    const request = { method, url: new URL(route, base), headers, authorities, signal }
    const answer = await this.#follow({ ...request, ...(body ? { body } : {}) })
    return { status: answer.status, body: objectIn(answer.body) }
  }

  /** The request as it is, to wherever the active node is: the token goes along, but never from https to http. */
  async #follow(request: VaultRequest): Promise<VaultAnswer> {
    let { url } = request
    for (let redirects = 0; redirects <= maxRedirects; redirects += 1) {
      const answer = await this.#world.request({ ...request, url })
      if (answer.location === undefined || ![301, 302, 307, 308].includes(answer.status)) return answer
      const next = new URL(answer.location, url)
      if (url.protocol === 'https:' && next.protocol !== 'https:')
        throw new Error(`${url.origin} sends its callers to ${next.origin}, which is not https`)
      url = next
    }
    throw new Error(`${request.url.origin} sends its callers round in circles`)
  }
}

function objectIn(text: string): JsonObject {
  try {
    const parsed: unknown = JSON.parse(text)
    return isObject(parsed) ? (parsed as JsonObject) : {}
  } catch {
    // Not from Vault: the status says what there is to say.
    return {}
  }
}
