import { once } from 'node:events'
import type { Server as HttpServer } from 'node:http'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { apiServer } from '../src/host/proxy/api-server.ts'
import { Proxies } from '../src/host/proxy/proxies.ts'

/** A proxy server of this process with its API, and what is to be closed after a test. */
export class ProxyStage {
  readonly proxies: Proxies
  readonly url: string
  readonly #api: HttpServer
  readonly #closing: (() => Promise<unknown> | unknown)[] = []

  private constructor(api: HttpServer, proxies: Proxies) {
    this.proxies = proxies
    this.#api = api
    this.url = `http://127.0.0.1:${(api.address() as AddressInfo).port}`
  }

  static async open(): Promise<ProxyStage> {
    const proxies = new Proxies(() => {})
    const api = apiServer(proxies)
    api.listen(0, '127.0.0.1')
    await once(api, 'listening')
    return new ProxyStage(api, proxies)
  }

  /** Calls `close` when the test is over. */
  later(close: () => Promise<unknown> | unknown): void {
    this.#closing.push(close)
  }

  /** A server on a port of its own. */
  async serve(handle: (socket: Socket) => void): Promise<number> {
    const server: Server = createServer({ allowHalfOpen: true }, (socket) => {
      socket.on('error', () => {})
      this.later(() => socket.destroy())
      handle(socket)
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    this.later(() => server.close())
    return (server.address() as AddressInfo).port
  }

  /** A proxy in front of a port; resolves to the port on which it listens. */
  async proxy(upstream: number, fields: object = {}): Promise<number> {
    const asked = { name: 'it', listen: '127.0.0.1:0', upstream: `127.0.0.1:${upstream}`, seed: 1, ...fields }
    const { view } = await this.proxies.create(asked)
    return Number(view.listen.split(':').at(-1))
  }

  async client(port: number): Promise<Client> {
    const socket = connect({ host: '127.0.0.1', port, allowHalfOpen: true, noDelay: true })
    this.later(() => socket.destroy())
    const client = new Client(socket)
    await once(socket, 'connect')
    return client
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const close of this.#closing.reverse()) await close()
    for (const { name } of this.proxies.all) await this.proxies.remove(name)
    this.#api.closeAllConnections()
    this.#api.close()
  }
}

/** The other end of a connection, and what came out of it. */
export class Client {
  readonly socket: Socket
  /** `end`, `close`, or the code of an error. */
  readonly ended: Promise<string>
  #received = Buffer.alloc(0)

  constructor(socket: Socket) {
    this.socket = socket
    socket.on('data', (chunk: Buffer) => {
      this.#received = Buffer.concat([this.#received, chunk])
      socket.emit('more')
    })
    this.ended = new Promise((resolve) => {
      socket.once('end', () => resolve('end'))
      socket.once('error', ({ code }: NodeJS.ErrnoException) => resolve(code ?? 'error'))
      socket.once('close', () => resolve('close'))
    })
  }

  get received(): Buffer {
    return this.#received
  }

  /** Resolves once so many bytes have come, with the milliseconds that took. */
  async until(bytes: number): Promise<number> {
    const began = performance.now()
    while (this.#received.length < bytes) {
      await Promise.race([
        once(this.socket, 'more'),
        this.ended.then((how) => Promise.reject(new Error(how))),
      ])
    }
    return performance.now() - began
  }

  /** Sends and waits for as many bytes back. */
  async roundTrip(text: string): Promise<number> {
    const wanted = this.#received.length + text.length
    this.socket.write(text)
    return this.until(wanted)
  }
}

export const echo = (socket: Socket): void => void socket.pipe(socket)
