import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { ApiError, badBody } from './api-error.ts'
import { type ApiAnswer, type Routes, routesOver } from './api-routes.ts'
import type { Proxies } from './proxies.ts'

/** The HTTP API over these proxies. */
export function apiServer(proxies: Proxies): Server {
  const routes = routesOver(proxies)
  return createServer((asked, answer) => void respond(routes, asked, answer))
}

const largestBody = 1024 * 1024

async function respond(routes: Routes, asked: IncomingMessage, answer: ServerResponse): Promise<void> {
  // As Toxiproxy does: a page in a browser must not be able to change what goes through here.
  if (asked.headers['user-agent']?.startsWith('Mozilla/')) return plain(answer, 403, 'User agent not allowed')
  const { pathname } = new URL(asked.url ?? '/', 'http://localhost')
  const route = routes.find(({ path }) => path.test(pathname))
  const handler = route?.methods[asked.method ?? 'GET']
  if (!route) return plain(answer, 404, '404 page not found')
  if (!handler) return plain(answer, 405, '')
  try {
    const [, ...names] = route.path.exec(pathname) ?? []
    send(answer, await handler(names.map(decodeURIComponent), await bodyOf(asked)))
  } catch (error) {
    const status = error instanceof ApiError ? error.status : 500
    send(answer, { status, body: { error: (error as Error).message, status } })
  }
}

/** Null when there is none, or it is not asked for. */
async function bodyOf(asked: IncomingMessage): Promise<unknown> {
  if (asked.method === 'GET' || asked.method === 'DELETE') return null
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of asked as AsyncIterable<Buffer>) {
    chunks.push(chunk)
    size += chunk.length
    if (size > largestBody) throw badBody('too large')
  }
  const text = Buffer.concat(chunks).toString()
  try {
    return text === '' ? null : JSON.parse(text)
  } catch (error) {
    throw badBody((error as Error).message)
  }
}

function send(answer: ServerResponse, { status, body }: ApiAnswer): void {
  if (body === undefined) return void answer.writeHead(status).end()
  answer.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

function plain(answer: ServerResponse, status: number, text: string): void {
  answer.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(`${text}\n`)
}
