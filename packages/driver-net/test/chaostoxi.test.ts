import { setTimeout } from 'node:timers/promises'
import type { ActivityContext, JsonObject, JsonValue } from '@squall/contract'
import { expect, it, onTestFinished } from 'vitest'
import { aliases } from '../src/chaostoxi/aliases.ts'
import { system } from '../src/host/system.ts'
import { netDriver } from '../src/net-driver.ts'
import { echo, ProxyStage } from './proxy-stage.ts'

const driver = netDriver(system)

/** Calls functions of the Python package by their own names, as an experiment does, and remembers how to undo them. */
class Caller {
  readonly warned: string[] = []
  readonly #undos: { func: string; args: JsonValue }[] = []
  readonly #configuration: JsonObject

  constructor(configuration: JsonObject) {
    this.#configuration = configuration
  }

  async call(module: string, func: string, input: JsonObject): Promise<unknown> {
    const alias = aliases.find((known) => known.module === `chaostoxi.${module}`)?.functions[func]
    const activity = driver.activities[alias?.func as 'chaostoxi_create_proxy']
    const checked = await activity.args['~standard'].validate(input)
    if (checked.issues) throw new Error(checked.issues[0]?.message)
    return activity.run(checked.value as never, this.#context)
  }

  async undo(): Promise<string[]> {
    const outcomes: string[] = []
    for (const { func, args } of this.#undos.reverse())
      outcomes.push(await driver.undo[func as 'restore_proxy'].run(args as never, this.#context as never))
    return outcomes
  }

  get #context(): ActivityContext {
    const note = (): void => undefined
    return {
      configuration: this.#configuration,
      secrets: {},
      directory: '.',
      options: {},
      signal: new AbortController().signal,
      random: { next: () => 0.5 },
      log: { debug: note, info: note, warn: (message) => void this.warned.push(message) },
      clock: {
        now: () => Date.now(),
        monotonic: () => performance.now(),
        sleep: async (milliseconds) => void (await setTimeout(milliseconds)),
      },
      undo: async (func, args) => {
        this.#undos.push({ func, args })
        return { amend: async () => undefined }
      },
      interrupt: note,
    } as ActivityContext
  }
}

function callerOf(stage: ProxyStage): Caller {
  const { hostname, port } = new URL(stage.url)
  onTestFinished(() => {
    delete process.env['db_PORT']
  })
  return new Caller({ toxiproxy_host: hostname, toxiproxy_port: port })
}

async function createDb(caller: Caller, stage: ProxyStage): Promise<number> {
  const port = await stage.serve(echo)
  const place = { upstream_host: '127.0.0.1', upstream_port: port, listen_host: '127.0.0.1' }
  expect(await caller.call('proxy.actions', 'create_proxy', { proxy_name: 'db', ...place })).toBe(true)
  return port
}

const here = { proxy_name: 'db' }

it('creates, modifies, disables, enables and deletes a proxy, and takes all of it back', async () => {
  await using stage = await ProxyStage.open()
  const caller = callerOf(stage)
  await stage.proxy(9, { name: 'other' })
  const upstream = await createDb(caller, stage)
  const listening = Number(process.env['db_PORT'])
  const client = await stage.client(listening)
  expect(await client.roundTrip('hello')).toBeGreaterThan(0)

  expect(await caller.call('proxy.actions', 'disable_proxy', here)).toBe(true)
  await client.ended
  expect(await caller.call('proxy.probes', 'get_proxy_attribute', { ...here, attribute: 'enabled' })).toBe(
    false,
  )
  expect(await caller.call('proxy.actions', 'enable_proxy', here)).toBe(true)
  const change = { ...here, upstream_address: '127.0.0.1:9' }
  expect(await caller.call('proxy.actions', 'modify_proxy', change)).toBe(true)
  expect(stage.proxies.get('db').view).toMatchObject({ upstream: '127.0.0.1:9', enabled: true })
  expect(await caller.call('proxy.actions', 'delete_proxy', here)).toBe(null)
  expect(await caller.call('proxy.probes', 'proxy_exist', here)).toBe(false)
  expect(await caller.call('proxy.actions', 'delete_proxy', here)).toBe(null)
  expect(caller.warned).toEqual([expect.stringContaining("no proxy 'db'")])

  expect(await caller.undo()).toEqual(['undone', 'undone', 'undone', 'undone', 'undone'])
  expect(stage.proxies.all.map(({ name }) => name)).toEqual(['other'])
  expect(upstream).toBeGreaterThan(0)
})

it('a proxy that was deleted comes back with its toxics, and a second time changes nothing', async () => {
  await using stage = await ProxyStage.open()
  const port = await stage.proxy(9, { name: 'db' })
  await stage.proxy(9, { name: 'other' })
  stage.proxies.get('db').toxics.add({ type: 'latency', attributes: { latency: 5 } })
  const before = stage.proxies.get('db').view
  const caller = callerOf(stage)
  await caller.call('proxy.actions', 'delete_proxy', here)
  expect(await caller.undo()).toEqual(['undone'])
  expect(stage.proxies.get('db').view).toEqual(before)
  expect(await caller.undo()).toEqual(['not needed'])
  expect(before.listen).toBe(`127.0.0.1:${port}`)
})

it.each([
  {
    func: 'create_latency_toxic',
    given: { latency: '100' },
    type: 'latency',
    attributes: { latency: 100, jitter: 0 },
  },
  {
    func: 'create_bandwith_degradation_toxic',
    given: { rate: 5 },
    type: 'bandwidth',
    attributes: { rate: 5 },
  },
  {
    func: 'create_slow_connection_close_toxic',
    given: { delay: 5 },
    type: 'slow_close',
    attributes: { delay: 5 },
  },
  { func: 'create_timeout_toxic', given: { timeout: 0 }, type: 'timeout', attributes: { timeout: 0 } },
  {
    func: 'create_slicer_toxic',
    given: { average_size: 9, size_variation: 2, delay: 5 },
    type: 'slicer',
    attributes: { average_size: 9, size_variation: 2, delay: 5 },
  },
  { func: 'create_limiter_toxic', given: { bytes_limit: 9 }, type: 'limit_data', attributes: { bytes: 9 } },
  {
    func: 'create_toxic',
    given: { toxic_type: 'latency', attributes: { latency: 7, jitter: 1 } },
    type: 'latency',
    attributes: { latency: 7, jitter: 1 },
  },
])('$func adds a toxic of type $type', async ({ func, given, type, attributes }) => {
  await using stage = await ProxyStage.open()
  const caller = callerOf(stage)
  await createDb(caller, stage)
  const which = { for_proxy: 'db', toxic_name: 'bad' }
  expect(await caller.call('toxic.actions', func, { ...which, ...given })).toBe(true)
  expect(stage.proxies.get('db').view.toxics).toEqual([
    { name: 'bad', type, stream: 'downstream', toxicity: 1, attributes },
  ])
  expect(await caller.call('toxic.actions', 'delete_toxic', which)).toBe(true)
  expect(await caller.call('toxic.actions', 'delete_toxic', which)).toBe(false)
  expect(stage.proxies.get('db').view.toxics).toEqual([])
})

it('reset enables every proxy and removes every toxic, until that is undone', async () => {
  await using stage = await ProxyStage.open()
  const caller = callerOf(stage)
  await createDb(caller, stage)
  await caller.call('toxic.actions', 'create_timeout_toxic', {
    for_proxy: 'db',
    toxic_name: 'bad',
    timeout: 1,
  })
  await stage.proxies.get('db').stop()
  expect(await caller.call('proxy.actions', 'reset', {})).toBe(true)
  expect(stage.proxies.get('db').view).toMatchObject({ enabled: true, toxics: [] })
  expect((await caller.undo())[0]).toBe('undone')
})

it('reads host and port of the server from the environment, and says when they are not there', async () => {
  await using stage = await ProxyStage.open()
  const caller = callerOf(stage)
  const input = {
    ...here,
    upstream_host: 'env:db_HOST',
    upstream_port: 'env:db_PORT',
    listen_host: '127.0.0.1',
  }
  await expect(caller.call('proxy.actions', 'create_proxy', input)).rejects.toThrow('no variable db_HOST')
  process.env['db_PORT'] = '1234'
  await caller.call('proxy.actions', 'create_proxy', { ...input, upstream_host: '127.0.0.1' })
  expect(stage.proxies.get('db').view.upstream).toBe('127.0.0.1:1234')
})

it('fails where the Python package fails', async () => {
  await using stage = await ProxyStage.open()
  const caller = callerOf(stage)
  const toxic = { for_proxy: 'db', toxic_name: 'bad', latency: 1 }
  await expect(caller.call('toxic.actions', 'create_latency_toxic', toxic)).rejects.toThrow('404')
  await createDb(caller, stage)
  await expect(createDb(caller, stage)).rejects.toThrow("There is a proxy 'db'")
  const size = { ...here, attribute: 'size' }
  await expect(caller.call('proxy.probes', 'get_proxy_attribute', size)).rejects.toThrow(
    "no attribute 'size'",
  )
  expect(await caller.call('proxy.probes', 'get_proxy_attribute', { ...size, proxy_name: 'x' })).toBe(null)
  const nobody = new Caller({ toxiproxy_url: 'http://127.0.0.1:9' })
  await expect(nobody.call('proxy.probes', 'proxy_exist', here)).rejects.toThrow('Nobody listens')
})
