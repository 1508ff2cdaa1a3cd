import { once } from 'node:events'
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net'

export interface Seen {
  readonly method: string
  readonly url: string
  /** Lower-case names. */
  readonly headers: Record<string, unknown>
  /** As they were spelt. */
  readonly headerNames: readonly string[]
  readonly body: string
}

type Answer = (request: Seen, response: ServerResponse, count: number) => void

/** A server of our own on a free port, which remembers what it was asked. */
export class TestServer implements AsyncDisposable {
  readonly seen: Seen[] = []
  readonly sockets = new Set<Socket>()
  /** Connections taken so far. */
  connections = 0
  private readonly server: Server
  private readonly scheme: string

  constructor(server: Server, scheme = 'http') {
    this.server = server
    this.scheme = scheme
    server.on('connection', (socket: Socket) => {
      this.connections += 1
      this.sockets.add(socket)
      socket.on('error', () => {}).on('close', () => this.sockets.delete(socket))
    })
  }

  static async http(answer: Answer): Promise<TestServer> {
    const listener: RequestListener = (request, response) => test.take(request, response, answer)
    const test = new TestServer(createServer(listener))
    return test.listen()
  }

  static async https(answer: Answer, tls: { key: string; cert: string }): Promise<TestServer> {
    const listener: RequestListener = (request, response) => test.take(request, response, answer)
    const test = new TestServer(createTlsServer(tls, listener), 'https')
    return test.listen()
  }

  /** Answers each connection in its own way, below HTTP. */
  static async tcp(answer: (socket: Socket, count: number) => void): Promise<TestServer> {
    let count = 0
    return new TestServer(createTcpServer((socket) => answer(socket, ++count))).listen()
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port
  }

  get host(): string {
    return `127.0.0.1:${this.port}`
  }

  get url(): string {
    return `${this.scheme}://${this.host}`
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.sockets) socket.destroy()
    this.server.close()
    await once(this.server, 'close')
  }

  private async listen(): Promise<this> {
    this.server.listen(0, '127.0.0.1')
    await once(this.server, 'listening')
    return this
  }

  private async take(request: IncomingMessage, response: ServerResponse, answer: Answer): Promise<void> {
    const chunks: Buffer[] = []
    try {
      for await (const chunk of request) chunks.push(chunk as Buffer)
    } catch {
      return // The caller went away.
    }
    const seen = {
      method: request.method ?? '',
      url: request.url ?? '',
      headers: request.headers,
      headerNames: request.rawHeaders.filter((_, at) => at % 2 === 0),
      body: Buffer.concat(chunks).toString(),
    }
    this.seen.push(seen)
    answer(seen, response, this.seen.length)
  }
}

export const text = (response: ServerResponse, body: string | Buffer, headers = {}, status = 200): void => {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', ...headers })
  response.end(body)
}

export const redirect = (response: ServerResponse, location: string, status = 302, headers = {}): void => {
  response.writeHead(status, { Location: location, ...headers }).end()
}
