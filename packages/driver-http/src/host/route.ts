import type { Socket } from 'node:net'
import { buildConnector, Client } from 'undici'
import { basic, ofUrl } from '../credentials.ts'
import { type HeaderList, headerOf } from '../header-list.ts'
import { shownUrl } from '../request-url.ts'
import { type Exchange, TransportError, type Trust, type Way } from '../transport.ts'
import type { Progress } from './progress.ts'
import { reasonOf } from './reason-of.ts'

type Connect = buildConnector.connector
type Options = Parameters<Connect>[0]
type Done = Parameters<Connect>[1]

/** The way to a server, directly or through a proxy. Knows every socket it opened, so that all can be closed. */
export class Route {
  readonly origin: URL
  readonly path: string
  readonly headers: HeaderList
  private readonly progress: Progress
  private readonly plainConnect: Connect
  private readonly sockets = new Set<Socket>()
  /** Only for https through a proxy: the connection in which a tunnel is asked for. */
  private readonly tunnelClient: Client | undefined
  private readonly proxy: URL | undefined

  constructor({ url, headers }: Exchange, { proxy, trust }: Way, progress: Progress) {
    this.progress = progress
    this.proxy = proxy
    this.plainConnect = buildConnector(connectOptions(trust))
    // An http proxy reads the whole address; through a tunnel, and without proxy, a server sees its own part of it.
    const forwarding = url.protocol === 'http:' ? proxy : undefined
    this.origin = new URL((forwarding ?? url).origin)
    this.path = forwarding ? shownUrl(url) : url.pathname + url.search
    this.headers = forwarding
      ? [...headers, ...hostHeader(url, headers), ...proxyHeaders(forwarding)]
      : headers
    if (proxy && !forwarding)
      this.tunnelClient = new Client(proxy.origin, { connect: this.open, ...noTimers })
  }

  readonly connect: Connect = (options, done) => {
    this.progress.enter('connect')
    this.socketFor(options).then(
      (socket) => {
        this.progress.enter('answer')
        done(null, socket)
      },
      // Not as it is: undici tries again for ever on errors with some codes of its own.
      (cause) => done(new TransportError('connect', false, reasonOf(cause), { cause }), null),
    )
  }

  async close(): Promise<void> {
    await this.tunnelClient?.destroy()
    for (const socket of this.sockets) socket.destroy()
  }

  private async socketFor(options: Options): Promise<Socket> {
    const httpSocket = await this.tunnelTo(options)
    return new Promise((resolve, reject) => {
      this.open({ ...options, ...(httpSocket ? { httpSocket } : {}) }, (error, socket) =>
        socket ? resolve(socket) : reject(error),
      )
    })
  }

  private readonly open = (options: Options, done: Done): void => {
    // It returns the socket at once, connected or not, which its type does not say.
    const socket = this.plainConnect(options, done) as unknown as Socket
    this.sockets.add(socket)
  }

  private async tunnelTo({ hostname, port }: Options): Promise<Socket | undefined> {
    if (!this.tunnelClient || !this.proxy) return undefined
    const target = `${hostname.includes(':') ? `[${hostname}]` : hostname}:${port || 443}`
    const { socket, statusCode } = await this.tunnelClient.connect({
      path: target,
      headers: Object.fromEntries([['Host', target], ...proxyHeaders(this.proxy)]),
    })
    if (statusCode === 200) return socket as Socket
    throw new Error(`the proxy ${this.proxy.origin} answers ${statusCode} when asked for ${target}`)
  }
}

/** Times are kept by `Progress`, which is exact: undici's own may be late by half a second. */
export const noTimers = { headersTimeout: 0, bodyTimeout: 0 } as const

function connectOptions({ verify, authorities }: Trust): buildConnector.BuildOptions {
  return { timeout: 0, rejectUnauthorized: verify, ...(authorities ? { ca: [...authorities] } : {}) }
}

function hostHeader(url: URL, headers: HeaderList): HeaderList {
  return headerOf(headers, 'host') === undefined ? [['Host', url.host]] : []
}

function proxyHeaders(proxy: URL): HeaderList {
  const credentials = ofUrl(proxy)
  return credentials ? [['Proxy-Authorization', basic(credentials)]] : []
}
