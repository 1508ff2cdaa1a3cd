import { createRequire } from 'node:module'
import type { Toxiproxy as Client } from 'toxiproxy-node-client'
import { expect, it } from 'vitest'
import { echo, ProxyStage } from './proxy-stage.ts'

// A real client of Toxiproxy, as npm has it.
const { Toxiproxy } = createRequire(import.meta.url)('toxiproxy-node-client') as {
  Toxiproxy: new (url: string) => Client
}

const errorOf = async (stage: ProxyStage, method: string, path: string, body?: unknown) => {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const answer = await fetch(`${stage.url}${path}`, { method, ...(text === undefined ? {} : { body: text }) })
  return { status: answer.status, text: await answer.text() }
}

it('serves a client of Toxiproxy from npm', async () => {
  await using stage = await ProxyStage.open()
  const client = new Toxiproxy(stage.url)
  const upstream = `127.0.0.1:${await stage.serve(echo)}`
  const proxy = await client.createProxy({ name: 'redis', listen: '127.0.0.1:0', upstream })
  expect(proxy.listen).toMatch(/^127\.0\.0\.1:\d{2,5}$/)
  expect(JSON.parse(await client.getVersion())).toMatchObject({ version: expect.stringMatching(/^2\./) })

  const attributes = { latency: 300, jitter: 0 }
  const toxic = await proxy.addToxic({
    name: 'slow',
    type: 'latency',
    stream: 'downstream',
    toxicity: 1,
    attributes,
  })
  expect(toxic.toJson()).toEqual({
    name: 'slow',
    type: 'latency',
    stream: 'downstream',
    toxicity: 1,
    attributes,
  })
  const connection = await stage.client(Number(proxy.listen.split(':')[1]))
  expect(await connection.roundTrip('hello')).toBeGreaterThan(295)
  const changed = await toxic.update({ ...toxic.toJson(), attributes: { latency: 1, jitter: 0 } } as never)
  expect(changed.attributes).toEqual({ latency: 1, jitter: 0 })
  expect((await proxy.getToxic('slow')).attributes).toEqual({ latency: 1, jitter: 0 })
  await changed.remove()
  await expect(proxy.getToxic('slow')).rejects.toThrow('404')

  expect((await proxy.update({ ...proxy.toJson(), enabled: false })).enabled).toBe(false)
  await client.reset()
  expect((await client.get('redis')).enabled).toBe(true)
  const both = [
    { name: 'redis', listen: proxy.listen, upstream },
    { name: 'second', listen: '127.0.0.1:0', upstream },
  ]
  expect(Object.keys(await client.populate(both as never))).toEqual(['redis', 'second'])
  expect(Object.keys(await client.getAll())).toEqual(['redis', 'second'])
  await proxy.remove()
  expect(Object.keys(await client.getAll())).toEqual(['second'])
})

it('fills in the attributes that are left out, and the name', async () => {
  await using stage = await ProxyStage.open()
  await stage.proxy(1)
  const answer = await errorOf(stage, 'POST', '/proxies/it/toxics', {
    type: 'slicer',
    attributes: { average_size: 5 },
  })
  expect(answer.status).toBe(200)
  expect(JSON.parse(answer.text)).toEqual({
    attributes: { average_size: 5, size_variation: 0, delay: 0 },
    name: 'slicer_downstream',
    type: 'slicer',
    stream: 'downstream',
    toxicity: 1,
  })
})

it.each([
  { call: 'GET /proxies/none', status: 404, error: 'proxy not found' },
  { call: 'DELETE /proxies/none', status: 404, error: 'proxy not found' },
  { call: 'GET /proxies/it/toxics/none', status: 404, error: 'toxic not found' },
  { call: 'DELETE /proxies/it/toxics/none', status: 404, error: 'toxic not found' },
  {
    call: 'POST /proxies',
    body: { name: 'it', upstream: 'a:1' },
    status: 409,
    error: 'proxy already exists',
  },
  { call: 'POST /proxies', body: { upstream: 'a:1' }, status: 400, error: 'missing required field: name' },
  { call: 'POST /proxies', body: { name: 'x' }, status: 400, error: 'missing required field: upstream' },
  {
    call: 'POST /populate',
    body: [{ name: 'x' }],
    status: 400,
    error: 'missing required field: upstream at proxy 1',
  },
  { call: 'POST /proxies/it/toxics', body: { type: 'magic' }, status: 400, error: 'invalid toxic type' },
  { call: 'POST /proxies/it/toxics', body: { type: 'stall' }, status: 409, error: 'toxic already exists' },
  {
    call: 'POST /proxies/it/toxics',
    body: { type: 'latency', stream: 'sideways' },
    status: 400,
    error: 'stream was invalid, can be either upstream or downstream',
  },
])('answers $call with $status $error', async ({ call, body, status, error }) => {
  await using stage = await ProxyStage.open()
  await stage.proxy(1)
  stage.proxies.get('it').toxics.add({ type: 'stall' })
  const [method = '', path = ''] = call.split(' ')
  const answer = await errorOf(stage, method, path, body)
  expect(answer.status).toBe(status)
  expect(JSON.parse(answer.text)).toMatchObject({ error, status })
})

it.each([
  { name: 'what is no JSON', body: '{', reason: /^bad request body: / },
  {
    name: 'a text for a number',
    body: '{"type":"latency","attributes":{"latency":"x"}}',
    reason: /must be a number/,
  },
  { name: 'a toxicity above 1', body: '{"type":"latency","toxicity":2}', reason: /between 0 and 1/ },
  { name: 'a toxic for HTTP', body: '{"type":"http_abort"}', reason: /needs a proxy with "http": true/ },
])('refuses $name', async ({ body, reason }) => {
  await using stage = await ProxyStage.open()
  await stage.proxy(1)
  const answer = await errorOf(stage, 'POST', '/proxies/it/toxics', body)
  expect(answer.status).toBe(400)
  expect(JSON.parse(answer.text).error).toMatch(reason)
})

it('lets no page in a browser change anything', async () => {
  await using stage = await ProxyStage.open()
  const answer = await fetch(`${stage.url}/reset`, {
    method: 'POST',
    headers: { 'user-agent': 'Mozilla/5.0' },
  })
  expect(answer.status).toBe(403)
})
