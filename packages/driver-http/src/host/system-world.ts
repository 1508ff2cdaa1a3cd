import { createRequire } from 'node:module'
import type { HttpWorld } from '../http-world.ts'

/** This machine. The HTTP client is loaded with the first call. */
export function systemWorld(): HttpWorld {
  return {
    environment: process.env,
    get userAgent() {
      const { version } = createRequire(import.meta.url)('@squall/driver-http/package.json') as {
        version: string
      }
      return `squall/${version}`
    },
    transport: {
      exchange: async (request, way) =>
        (await import('./undici-transport.ts')).undiciTransport.exchange(request, way),
    },
  }
}
