import { once } from 'node:events'
import {
  Agent,
  createServer,
  type IncomingMessage,
  request,
  type Server,
  type ServerResponse,
} from 'node:http'
import { pipeline } from 'node:stream'
import type { Address } from '../../address.ts'
import type { Toxic } from '../../toxic-types.ts'
import { bodyOf, delayOf, type Exchange, HttpFaults, headersAfter } from './http-faults.ts'

/** Stands between the connections of a proxy for HTTP and its server, and knows one request from another. */
export class HttpBack {
  readonly #server: Server
  readonly #agent = new Agent({ keepAlive: true })
  readonly #upstream: Address
  readonly #faults: HttpFaults

  private constructor(upstream: Address, seed: number) {
    this.#upstream = upstream
    this.#faults = new HttpFaults(seed)
    this.#server = createServer((asked, answer) => void this.#handle(asked, answer))
  }

  static async listen(upstream: Address, seed: number): Promise<HttpBack> {
    const back = new HttpBack(upstream, seed)
    back.#server.listen(0, '127.0.0.1')
    await once(back.#server, 'listening')
    return back
  }

  get address(): Address {
    const { port } = this.#server.address() as { port: number }
    return { host: '127.0.0.1', port }
  }

  use(toxics: readonly Toxic[]): void {
    this.#faults.toxics = toxics
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve))
    this.#server.closeAllConnections()
    this.#agent.destroy()
    await closed
  }

  async #handle(asked: IncomingMessage, answer: ServerResponse): Promise<void> {
    const exchange = this.#faults.meet(asked)
    await delayOf(exchange, 'upstream', answer)
    const [abort] = exchange.of('http_abort')
    if (abort) return void asked.socket.resetAndDestroy()
    const [status] = exchange.of('http_status')
    if (!status) return this.#forward(asked, answer, exchange)
    asked.resume()
    await delayOf(exchange, 'downstream', answer)
    const { status: code, body, headers } = status.attributes
    answer.writeHead(Number(code), headersAfter(exchange, 'downstream', { ...(headers as object) }))
    answer.end(String(body))
  }

  #forward(asked: IncomingMessage, answer: ServerResponse, exchange: Exchange): void {
    const { host, port } = this.#upstream
    const body = bodyOf(exchange, 'upstream')
    const headers = headersAfter(exchange, 'upstream', asked.headers, body)
    const path = asked.url ?? '/'
    const method = asked.method ?? 'GET'
    const sent = request({ host: host || '127.0.0.1', port, path, method, headers, agent: this.#agent })
    // A server that is not there or breaks off looks to the client as it does without us.
    sent.on('error', () => asked.socket.resetAndDestroy())
    sent.on('response', (got) => void pass(got, answer, exchange))
    answer.on('close', () => sent.destroy())
    if (body === undefined) return void asked.pipe(sent)
    asked.resume()
    sent.end(body)
  }
}

async function pass(got: IncomingMessage, answer: ServerResponse, exchange: Exchange): Promise<void> {
  await delayOf(exchange, 'downstream', answer)
  const body = bodyOf(exchange, 'downstream')
  const headers = headersAfter(exchange, 'downstream', got.headers, body)
  answer.writeHead(got.statusCode ?? 502, got.statusMessage, headers)
  if (body === undefined)
    return void pipeline(got, answer, (error) => error && answer.socket?.resetAndDestroy())
  got.resume()
  answer.end(body)
}
