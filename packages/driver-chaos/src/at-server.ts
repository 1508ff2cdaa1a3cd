import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { ChaosClient } from '@squall/chaos'
import { SquallError } from '@squall/contract'
import type { ServerArguments } from './server-arguments.ts'

/** Seconds: the server says itself that it was too slow, if it can. */
const answersLateBy = 5

/** Talks to a server, and closes the connection again. Rejects with `SQUALL_CHAOS_SERVER` for what it does not answer. */
export async function atServer<Result>(
  where: ServerArguments,
  signal: AbortSignal,
  work: (client: ChaosClient) => Promise<Result>,
): Promise<Result> {
  const { server, timeout } = where
  const { UndiciTransport } = await import('./host/undici-transport.ts')
  const transport = new UndiciTransport(server, await tokenOf(where))
  const send = transport.sender(signal, (timeout + answersLateBy) * 1000)
  try {
    return await work(new ChaosClient({ server, send, signal, timeout }))
  } finally {
    await transport.close()
  }
}

/** The token of a server: as given, or as it lies in its store. */
async function tokenOf({ token, store }: ServerArguments): Promise<string | undefined> {
  if (token !== undefined || store === undefined) return token
  const file = path.join(store, 'token')
  try {
    return (await readFile(file, 'utf8')).trim()
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new SquallError('SQUALL_SOURCE_UNREADABLE', { source: file, reason }, { cause })
  }
}
