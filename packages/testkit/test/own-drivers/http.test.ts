import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { JsonObject } from '@squall/contract'
import driver from '@squall/driver-http'
import { describe, it } from 'vitest'
import { driverLaws, type Scene } from '../../src/index.ts'
import { builtDriver } from './built.ts'

// The servers are on this machine, whatever proxy its user has.
process.env['NO_PROXY'] = '127.0.0.1'

/** A lamp behind a URL: POST puts it out; a slow one answers to nobody. */
async function lamp(input: (url: string) => JsonObject, isSlow = false): Promise<Scene> {
  let asked = 0
  let state = 'lit'
  const open = new Set<ServerResponse>()
  const server = createServer((request, response) => {
    asked += 1
    open.add(response)
    if (request.method === 'POST') state = 'dark'
    if (!isSlow) response.setHeader('Content-Type', 'application/json').end(JSON.stringify({ state }))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    input: input(`http://127.0.0.1:${port}/lamp`),
    look: () => ({ asked, state }),
    underway: () => open.size > 0,
    cleanUp: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

const get = (url: string): JsonObject => ({ url })
const post = (url: string): JsonObject => ({ url, method: 'POST', arguments: { state: 'dark' } })
const refuses = [
  { input: {}, path: ['url'] },
  { input: { url: 'http://127.0.0.1/', method: 5 }, path: ['method'] },
]

const laws = driverLaws(() => driver, {
  driverFile: builtDriver('http'),
  providers: {
    http: [
      { title: 'GET', kind: 'probe', prepare: () => lamp(get), long: () => lamp(get, true), refuses },
      { title: 'POST', kind: 'action', prepare: () => lamp(post), long: () => lamp(post, true), refuses },
    ],
  },
})

describe('driver-http', () => {
  for (const law of laws) it(law.name, law.check)
})
