import { isUtf8 } from 'node:buffer'
import { Client } from 'undici'
import type { HeaderList } from '../header-list.ts'
import { type Exchange, type RawAnswer, type Transport, TransportError } from '../transport.ts'
import { Progress } from './progress.ts'
import { reasonOf } from './reason-of.ts'
import { noTimers, Route } from './route.ts'

/** Bytes; larger than what Node.js takes by default. */
const maxHeaderSize = 256 * 1024

/** One for all connections that are done with: Node writes out the stack of whatever a socket is destroyed with. */
const doneWith = new Error('The connection is not needed any more.')

/**
 * Calls with undici, over a new connection for each request. Connections are not kept for the next activity: a probe
 * that asks again wants to know whether the service still takes callers, not whether an old connection still stands.
 */
export const undiciTransport: Transport = {
  async exchange(request, way) {
    way.signal.throwIfAborted()
    const progress = new Progress(way.limits)
    const route = new Route(request, way, progress)
    const client = new Client(route.origin, { connect: route.connect, maxHeaderSize, ...noTimers })
    const stopped = stopOf(way.signal, progress)
    try {
      return await Promise.race([send(client, request, route, progress), stopped.promise])
    } catch (error) {
      throw way.signal.aborted ? way.signal.reason : transportError(error, progress)
    } finally {
      stopped.forget()
      progress.end()
      await client.destroy(doneWith)
      await route.close()
    }
  },
}

async function send(client: Client, request: Exchange, route: Route, progress: Progress): Promise<RawAnswer> {
  const { method, body } = request
  const answer = await client.request({
    method,
    path: route.path,
    headers: route.headers.flat(),
    responseHeaders: 'raw',
    ...(body ? { body } : {}),
  })
  progress.enter('body')
  const chunks: Uint8Array[] = []
  for await (const chunk of answer.body) {
    progress.touch()
    chunks.push(chunk as Uint8Array)
  }
  // With `raw`, headers come as one flat list.
  const flat = answer.headers as unknown as string[]
  return { status: answer.statusCode, headers: pairsOf(flat), body: Buffer.concat(chunks) }
}

function pairsOf(flat: readonly string[]): HeaderList {
  const names = flat.filter((_, at) => at % 2 === 0)
  return names.map((name, at) => [name, sensible(flat[at * 2 + 1] ?? '')])
}

/** undici reads headers as Latin-1; most servers that send other letters mean UTF-8. */
function sensible(value: string): string {
  const bytes = Buffer.from(value, 'latin1')
  return isUtf8(bytes) ? bytes.toString() : value
}

function stopOf(signal: AbortSignal, progress: Progress) {
  let forget = () => {}
  const promise = new Promise<never>((_, reject) => {
    const onAbort = () => reject(signal.reason)
    signal.addEventListener('abort', onAbort)
    progress.onLate = reject
    forget = () => signal.removeEventListener('abort', onAbort)
  })
  return { promise, forget: () => forget() }
}

const refusals = ['UND_ERR_INVALID_ARG', 'UND_ERR_NOT_SUPPORTED']

function transportError(error: unknown, progress: Progress): Error {
  if (error instanceof TransportError) return error
  const code = (error as { code?: unknown }).code
  if (typeof code === 'string' && refusals.includes(code)) {
    return new Error(`The request cannot be sent: ${reasonOf(error)}.`, { cause: error })
  }
  return new TransportError(progress.stage, false, reasonOf(error), { cause: error })
}
