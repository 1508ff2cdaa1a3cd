import { readFile } from 'node:fs/promises'
import { EnvHttpProxyAgent, request as undiciRequest } from 'undici'
import type { VaultAnswer, VaultRequest } from '../vault-world.ts'

/** Milliseconds: how long a connection may take, and how long a silence may last. The latter is the reference's. */
const connectMs = 10_000
const silenceMs = 30_000

/** Connections to one server, however many secrets there are. */
const connections = 4

/** Calls with undici, through the proxy that the environment names, if it names one. Connections are kept. */
export class UndiciTransport {
  /** By the file of authorities to trust. */
  readonly #agents = new Map<string, Promise<EnvHttpProxyAgent>>()

  async send({ method, url, headers, body, signal, authorities }: VaultRequest): Promise<VaultAnswer> {
    signal.throwIfAborted()
    const dispatcher = await this.#agentFor(authorities ?? '')
    const content = body ? { body: JSON.stringify(body) } : {}
    try {
      const answer = await undiciRequest(url, { method, headers, signal, dispatcher, ...content })
      const { location } = answer.headers
      const first = Array.isArray(location) ? location[0] : location
      return { status: answer.statusCode, location: first, body: await answer.body.text() }
    } catch (cause) {
      signal.throwIfAborted()
      throw new Error(`${url.origin} does not answer (${reasonOf(cause)})`, { cause })
    }
  }

  async close(): Promise<void> {
    const agents = [...this.#agents.values()]
    this.#agents.clear()
    // One that could not be made needs no end.
    await Promise.all(
      agents.map((made) =>
        made.then(
          (agent) => agent.destroy(),
          () => undefined,
        ),
      ),
    )
  }

  #agentFor(authorities: string): Promise<EnvHttpProxyAgent> {
    const agent = this.#agents.get(authorities) ?? makeAgent(authorities)
    this.#agents.set(authorities, agent)
    return agent
  }
}

async function makeAgent(authorities: string): Promise<EnvHttpProxyAgent> {
  const trust = authorities === '' ? {} : { ca: await authoritiesIn(authorities) }
  return new EnvHttpProxyAgent({
    connections,
    connect: { ...trust, timeout: connectMs },
    requestTls: trust,
    headersTimeout: silenceMs,
    bodyTimeout: silenceMs,
  })
}

async function authoritiesIn(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (cause) {
    throw new Error(`the authorities in VAULT_CACERT cannot be read (${reasonOf(cause)})`, { cause })
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') return error.errors.map(reasonOf).join(', ')
  return error instanceof Error ? error.message : String(error)
}
