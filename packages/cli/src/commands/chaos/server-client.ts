import { promises } from 'node:fs'
import path from 'node:path'
import { isObject, type JsonObject, SquallError } from '@squall/contract'
import { plainFetch } from '../../host/fetch.ts'
import { timeLimit } from '../../host/time-limit.ts'
import type { TokenOptions } from './chaos-options.ts'

/** Seconds that a server may take to answer. */
const answerSeconds = 60

/** Speaks to a server of the Chaos routes. */
export class ServerClient {
  readonly #server: string
  readonly #token: string | undefined

  constructor(server: string, token?: string) {
    this.#server = server.replace(/\/+$/, '')
    this.#token = token
  }

  get(path: string): Promise<JsonObject> {
    return this.#send('GET', path)
  }

  post(path: string, body?: JsonObject): Promise<JsonObject> {
    return this.#send('POST', path, body)
  }

  /** Rejects with `SQUALL_CHAOS_SERVER` for every answer but 200. */
  async #send(method: string, path: string, body?: JsonObject): Promise<JsonObject> {
    const headers = {
      accept: 'application/json',
      ...(body ? { 'content-type': 'application/json' } : {}),
      ...(this.#token === undefined ? {} : { authorization: `Bearer ${this.#token}` }),
    }
    const signal = timeLimit(answerSeconds)
    const sent = { method, headers, signal, ...(body ? { body: JSON.stringify(body) } : {}) }
    const answer = await plainFetch(`${this.#server}${path}`, sent).catch((cause: Error) => {
      const reason = cause.cause instanceof Error ? cause.cause.message : cause.message
      throw new SquallError(
        'SQUALL_CHAOS_SERVER',
        { server: this.#server, reason: `nothing (${reason})` },
        { cause },
      )
    })
    const text = await answer.text()
    if (answer.status !== 200)
      throw new SquallError('SQUALL_CHAOS_SERVER', {
        server: this.#server,
        reason: errorIn(text) ?? `status ${answer.status}`,
      })
    return (jsonIn(text) ?? {}) as JsonObject
  }
}

function errorIn(text: string): string | undefined {
  const body = jsonIn(text)
  const error = isObject(body) ? body['Error'] : undefined
  return isObject(error)
    ? `(${String(error['Code'])}) ${String(error['Message'])}`.replace(/\.$/, '')
    : undefined
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Not from a server of these routes, or an empty body.
    return undefined
  }
}

/** The token of a server: as given, or as it lies in its store. */
export async function tokenOf(
  { token, store }: TokenOptions,
  directory: string,
): Promise<string | undefined> {
  if (token !== undefined || store === undefined) return token
  const file = path.join(path.resolve(directory, store), 'token')
  const text = await promises.readFile(file, 'utf8').catch((cause: Error) => {
    throw new SquallError('SQUALL_SOURCE_UNREADABLE', { source: file, reason: cause.message }, { cause })
  })
  return text.trim()
}
