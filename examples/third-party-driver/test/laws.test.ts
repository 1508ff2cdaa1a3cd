import type { JsonObject } from '@squall/contract'
import { driverLaws, type Scene } from '@squall/testkit'
import { describe, it } from 'vitest'
import driver from '../src/index.ts'
import { password, startRedis } from './redis-server.ts'

/** A Redis with one key in it. One that is halted reads, and lets every write wait. */
async function redis(input: JsonObject, isHalted = false): Promise<Scene> {
  const server = await startRedis()
  await server.cli('SET price 3.20 EX 1000', ...(isHalted ? ['CLIENT PAUSE 60000 WRITE'] : []))
  return {
    input,
    configuration: { redis_url: server.url },
    secrets: { redis_password: password },
    look: () => server.cli('GET price', 'CONFIG GET maxmemory'),
    cleanUp: () => server.close(),
  }
}

const laws = driverLaws(() => driver, {
  driverFile: new URL('../dist/index.js', import.meta.url),
  activities: {
    read_key: {
      prepare: () => redis({ key: 'price' }),
      long: false,
      refuses: [
        { input: { key: '' }, path: ['key'] },
        { input: { kye: 'price' }, path: ['key'] },
      ],
    },
    read_setting: {
      prepare: () => redis({ name: 'maxmemory' }),
      long: false,
      refuses: [{ input: { name: 'max*' }, path: ['name'] }],
    },
    remove_key: {
      prepare: () => redis({ key: 'price' }),
      long: () => redis({ key: 'price' }, true),
      refuses: [{ input: { key: 5 }, path: ['key'] }],
    },
    change_setting: {
      prepare: () => redis({ name: 'maxmemory', value: '7mb' }),
      long: false,
      refuses: [
        { input: { name: 'max*', value: '1' }, path: ['name'] },
        { input: { name: 'maxmemory', value: 1 }, path: ['value'] },
      ],
    },
  },
})

describe('the driver keeps every law', () => {
  for (const law of laws) it(law.name, law.check, 30_000)
})
