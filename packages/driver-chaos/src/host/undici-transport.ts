import type { SendRequest } from '@squall/chaos'
import { anySignal } from '@squall/contract'
import { Agent, request } from 'undici'

const connectMs = 10_000

/** Sends requests to one server with undici. The connection is kept until it is closed. */
export class UndiciTransport {
  readonly #agent = new Agent({ connect: { timeout: connectMs } })
  readonly #server: string
  readonly #headers: Readonly<Record<string, string>>

  constructor(server: string, token: string | undefined) {
    this.#server = server.replace(/\/+$/, '')
    this.#headers = token === undefined ? {} : { authorization: `Bearer ${token}` }
  }

  /** `limitMs` is how long an answer may take. */
  sender(signal: AbortSignal, limitMs: number): SendRequest {
    return async ({ method, path, body }) => {
      const content = body && { body: JSON.stringify(body) }
      const type = body && { 'content-type': 'application/json' }
      const answer = await request(`${this.#server}${path}`, {
        method,
        headers: { accept: 'application/json', ...type, ...this.#headers },
        dispatcher: this.#agent,
        signal: anySignal([signal, AbortSignal.timeout(limitMs)]),
        ...content,
      })
      return { status: answer.statusCode, text: await answer.body.text() }
    }
  }

  close(): Promise<void> {
    return this.#agent.destroy()
  }
}
