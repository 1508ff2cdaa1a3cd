import { createRequire } from 'node:module'
import type { HttpWorld } from '../http-world.ts'

/** This machine. The HTTP client is loaded with the first call. */
export function systemWorld(): HttpWorld {
  let userAgent: string | undefined
  return {
    environment: process.env,
    get userAgent() {
      userAgent ??= `squall/${ownVersion()}`
      return userAgent
    },
    transport: {
      exchange: async (request, way) =>
        (await import('./undici-transport.ts')).undiciTransport.exchange(request, way),
      prepare: async () => {
        await import('./undici-transport.ts')
      },
    },
  }
}

function ownVersion(): string {
  const own = createRequire(import.meta.url)('@squall/driver-http/package.json') as { version: string }
  return own.version
}
