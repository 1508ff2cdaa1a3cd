import { createServer } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { createAdaptorServer, type ServerType } from '@hono/node-server'
import type { Hono } from 'hono'

export interface TlsOptions {
  /** PEM texts. */
  readonly key: string
  readonly cert: string
  /** Authorities of client certificates. Given one, a client needs a certificate of theirs. */
  readonly clientCa?: string
}

export interface ServeOptions {
  /** @defaultValue 127.0.0.1 */
  readonly host?: string
  /** 0 takes a free one. @defaultValue 19080, as a cluster has it */
  readonly port?: number
  readonly tls?: TlsOptions
}

export interface FabricServer extends AsyncDisposable {
  readonly url: string
  /** Takes no new requests and resolves when the last one was answered. */
  close(): Promise<void>
}

/** Serves an API. Rejects when the address is taken or cannot be had. */
export async function serveFabricApi(api: Hono, options: ServeOptions = {}): Promise<FabricServer> {
  const { host = '127.0.0.1', port = 19_080, tls } = options
  const server = tls ? tlsServer(api, tls) : createAdaptorServer({ fetch: api.fetch, createServer })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  const address = server.address() as AddressInfo
  const name = address.family === 'IPv6' ? `[${address.address}]` : address.address
  const close = (): Promise<void> => closeServer(server)
  return { url: `${tls ? 'https' : 'http'}://${name}:${address.port}`, close, [Symbol.asyncDispose]: close }
}

function tlsServer(api: Hono, { key, cert, clientCa }: TlsOptions): ServerType {
  const clients = clientCa === undefined ? {} : { ca: clientCa, requestCert: true, rejectUnauthorized: true }
  return createAdaptorServer({
    fetch: api.fetch,
    createServer: createTlsServer,
    serverOptions: { key, cert, ...clients },
  })
}

function closeServer(server: ServerType): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    if ('closeIdleConnections' in server) server.closeIdleConnections()
  })
}
