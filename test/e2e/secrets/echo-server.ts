import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface EchoServer extends AsyncDisposable {
  readonly url: string
  /** What the clients sent in `authorization`: the requests must hold the real secret. */
  readonly authorizations: readonly string[]
}

/** A server that tells what it was sent, in headers and body. */
export async function startEchoServer(): Promise<EchoServer> {
  const authorizations: string[] = []
  const server = createServer((request, response) => answer(request, response, authorizations))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    authorizations,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function answer(request: IncomingMessage, response: ServerResponse, authorizations: string[]): void {
  const authorization = request.headers.authorization ?? ''
  authorizations.push(authorization)
  const token = decodeURIComponent(authorization)
  response.setHeader('content-type', 'application/json')
  response.setHeader('x-url', authorization)
  response.setHeader('x-base64', Buffer.from(`user:${token}`).toString('base64'))
  response.setHeader('x-json', JSON.stringify(token))
  response.end(JSON.stringify({ token, url: request.url, [token]: Buffer.from(token).toString('base64url') }))
}
