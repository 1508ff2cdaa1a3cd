import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import type { JsonValue } from '@squall/contract'
import { expect, it } from 'vitest'
import { system } from '../src/host/system.ts'
import { netDriver } from '../src/net-driver.ts'

const driver = netDriver(system)

/** What an activity registered, and how it is called. */
function act() {
  const undos: { func: keyof typeof driver.undo; args: JsonValue }[] = []
  const signal = new AbortController().signal
  const log = { debug: () => {}, info: () => {}, warn: () => {} }
  const context = {
    signal,
    log,
    configuration: {},
    random: { next: () => 0.5 },
    undo: async (func: keyof typeof driver.undo, args: JsonValue) => {
      const record = { func, args }
      undos.push(record)
      return {
        amend: async (better: JsonValue) => {
          record.args = better
        },
      }
    },
  }
  const undo = (): Promise<string[]> =>
    Promise.all(undos.map(({ func, args }) => driver.undo[func].run(args as never, context as never)))
  return { context: context as never, undo }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

it('starts two proxies at once, whose server ends with the last of them', async () => {
  const api = `http://127.0.0.1:${await freePort()}`
  const [one, two] = [act(), act()]
  const start = async (proxy: string, { context }: typeof one): Promise<unknown> => {
    const args = { proxy, upstream: '127.0.0.1:9', listen: '127.0.0.1:0', http: false, api }
    return driver.activities.start_proxy.run(args, context)
  }
  const listed = async (): Promise<string[] | null> => {
    const answer = await system.ask('GET', `${api}/proxies`, undefined, AbortSignal.timeout(5000))
    return answer && Object.keys(answer.body as object).sort()
  }
  try {
    await Promise.all([start('one', one), start('two', two)])
    expect(await listed()).toEqual(['one', 'two'])
    expect(await one.undo()).toEqual(['undone'])
    expect(await listed()).toEqual(['two'])
  } finally {
    await one.undo()
    await two.undo()
  }
  await expect.poll(listed, { timeout: 5000 }).toBeNull()
})
