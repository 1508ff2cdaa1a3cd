import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { ChaosClient, type SendRequest } from '@squall/chaos'
import { isSquallError, SquallError } from '@squall/contract'
import type { ServerArguments } from './server-arguments.ts'

/** Talks to a server, and closes the connection again. Rejects with `SQUALL_CHAOS_SERVER` for what it does not answer. */
export async function atServer<Result>(
  where: ServerArguments,
  signal: AbortSignal,
  work: (client: ChaosClient) => Promise<Result>,
): Promise<Result> {
  const { UndiciTransport } = await import('./host/undici-transport.ts')
  const transport = new UndiciTransport(where.server, await tokenOf(where))
  const send = transport.sender(signal, (where.timeout + answersLateBy) * 1000)
  try {
    return await work(new ChaosClient(where.server, told(where.server, send, signal), where.timeout))
  } finally {
    await transport.close()
  }
}

/** Seconds: the server says itself that it was too slow, if it can. */
const answersLateBy = 5

/** What brings no answer is an error of the server's, in words. */
function told(server: string, send: SendRequest, signal: AbortSignal): SendRequest {
  return async (request) => {
    try {
      return await send(request)
    } catch (cause) {
      signal.throwIfAborted()
      throw new SquallError(
        'SQUALL_CHAOS_SERVER',
        { server, reason: `nothing (${reasonOf(cause)})` },
        { cause },
      )
    }
  }
}

/** The token of a server: as given, or as it lies in its store. */
async function tokenOf({ token, store }: ServerArguments): Promise<string | undefined> {
  if (token !== undefined || store === undefined) return token
  const file = path.join(store, 'token')
  try {
    return (await readFile(file, 'utf8')).trim()
  } catch (cause) {
    throw new SquallError('SQUALL_SOURCE_UNREADABLE', { source: file, reason: reasonOf(cause) }, { cause })
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') return error.errors.map(reasonOf).join(', ')
  if (isSquallError(error)) return error.message.replace(/\.$/, '')
  return error instanceof Error ? error.message : String(error)
}
