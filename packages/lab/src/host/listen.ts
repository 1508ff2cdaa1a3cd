import type { Server } from 'node:http'
import { createAdaptorServer } from '@hono/node-server'
import type { Hono } from 'hono'
import { isErrno } from './atomic-file.ts'

const closesWithinMs = 300

/** Every port a program might have taken is in use. */
export class PortsBusy extends Error {
  readonly ports: readonly number[]

  constructor(ports: readonly number[]) {
    super(`Port ${ports.join(', ')} is in use.`)
    this.ports = ports
  }
}

export interface Listening {
  readonly port: number
  close(): Promise<void>
}

/** Serves an app on the first of these ports that is free. Binding is what reserves a port: no two can have it. */
export async function listen(app: Hono, ports: readonly number[]): Promise<Listening> {
  const server = createAdaptorServer({ fetch: app.fetch }) as Server
  for (const port of ports) {
    if (await bind(server, port)) return { port, close: () => close(server) }
  }
  throw new PortsBusy(ports)
}

function bind(server: Server, port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const onError = (error: Error) => {
      server.off('listening', onListening)
      if (isErrno(error, 'EADDRINUSE')) resolve(false)
      else reject(error)
    }
    const onListening = () => {
      server.off('error', onError)
      resolve(true)
    }
    server.once('error', onError).once('listening', onListening).listen(port, '127.0.0.1')
  })
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const insist = setTimeout(() => server.closeAllConnections(), closesWithinMs)
    server.close(() => {
      clearTimeout(insist)
      resolve()
    })
    server.closeIdleConnections()
  })
}
