import { promises } from 'node:fs'
import path from 'node:path'
import { anySignal, SquallError } from '@squall/contract'
import type { ChaosClient } from '../../chaos-parts.ts'
import { plainFetch } from '../../host/fetch.ts'
import { timeLimit } from '../../host/time-limit.ts'
import { loadChaosParts } from '../../load-chaos-parts.ts'
import type { TokenOptions } from './chaos-options.ts'

/** Seconds that a server may take to answer. */
const answerSeconds = 60

/** A client of a server of the Chaos routes, which shows the token where there is one. */
export async function chaosClient(
  server: string,
  token?: string,
  signal: AbortSignal = new AbortController().signal,
): Promise<ChaosClient> {
  const parts = await loadChaosParts()
  const base = server.replace(/\/+$/, '')
  return new parts.ChaosClient({
    server,
    signal,
    send: async ({ method, path: where, body }) => {
      const headers = {
        accept: 'application/json',
        ...(body ? { 'content-type': 'application/json' } : {}),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      }
      const limit = anySignal([signal, timeLimit(answerSeconds)])
      const sent = { method, headers, signal: limit, ...(body ? { body: JSON.stringify(body) } : {}) }
      const answer = await plainFetch(`${base}${where}`, sent).catch((error: Error) => {
        // What went wrong is the cause; the error itself only says that it did.
        throw error.cause instanceof Error ? error.cause : error
      })
      return { status: answer.status, text: await answer.text() }
    },
  })
}

/** The token of a server: as given, or as it lies in its store. Rejects with `SQUALL_SOURCE_UNREADABLE`. */
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
