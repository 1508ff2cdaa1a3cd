import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import driver from '@squall/driver-vault'
import { describe, it } from 'vitest'
import { driverLaws, type ResolverScene } from '../../src/index.ts'
import { builtDriver } from './built.ts'

const token = 'hvs.token-of-the-laws'
const login = { user: 'lamp-keeper', password: 'swordfish-77', port: 5432 }

/** A server that has one secret; a slow one answers to nobody. */
async function vault(isSlow = false): Promise<ResolverScene> {
  let asked = 0
  const server = createServer((request, response) => {
    asked += 1
    if (isSlow) return
    const isLetIn = request.headers['x-vault-token'] === token
    const isThere = request.url === '/v1/secret/data/db/main'
    response.writeHead(isLetIn ? (isThere ? 200 : 404) : 403, { 'Content-Type': 'application/json' })
    const errors = isLetIn ? [] : ['permission denied']
    response.end(JSON.stringify(isLetIn && isThere ? { data: { data: login } } : { errors }))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    input: { path: 'db/main' },
    answer: login,
    configuration: { vault_addr: `http://127.0.0.1:${port}`, vault_token: token },
    secrets: { token },
    underway: () => asked > 0,
    cleanUp: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

const laws = driverLaws(() => driver, {
  driverFile: builtDriver('vault'),
  resolvers: {
    vault: [
      {
        prepare: () => vault(),
        long: () => vault(true),
        refuses: [
          { input: { path: 5 }, saying: '`path` is no text' },
          { input: { path: 'db/main', key: 'pin' }, saying: "'db/main' has no key 'pin'" },
          {
            input: { path: 'db/main' },
            configuration: { vault_token: 'of somebody else' },
            saying: 'permission denied',
          },
          {
            input: { path: 'db/main' },
            configuration: { vault_addr: 'ftp://127.0.0.1' },
            saying: 'vault_addr',
          },
        ],
      },
      {
        title: 'one key',
        prepare: async () => ({ ...(await vault()), input: { path: 'db/main', key: 'port' }, answer: 5432 }),
        long: () => vault(true),
        refuses: [{ input: { path: 'db/main', key: 'host' }, saying: 'it has user, password, port' }],
      },
    ],
  },
})

describe('driver-vault', () => {
  for (const law of laws) it(law.name, law.check)
})
