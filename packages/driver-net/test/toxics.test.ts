import { setTimeout as delay } from 'node:timers/promises'
import { expect, it } from 'vitest'
import type { Toxic } from '../src/toxic-types.ts'
import { echo, ProxyStage } from './proxy-stage.ts'

const add = (stage: ProxyStage, type: string, attributes: object = {}, more: object = {}): Toxic =>
  stage.proxies.get('it').toxics.add({ type, attributes, ...more })
const remove = (stage: ProxyStage, name: string): void => stage.proxies.get('it').toxics.remove(name)

it('hands on megabytes unchanged, and the end of each direction', async () => {
  await using stage = await ProxyStage.open()
  const client = await stage.client(await stage.proxy(await stage.serve(echo)))
  const sent = Buffer.from(Array.from({ length: 4_000_000 }, (_, at) => at % 251))
  client.socket.end(sent)
  await client.until(sent.length)
  expect(client.received.equals(sent)).toBe(true)
  expect(await client.ended).toBe('end')
})

it('adds, changes and removes latency while a connection is open', async () => {
  await using stage = await ProxyStage.open()
  const client = await stage.client(await stage.proxy(await stage.serve(echo)))
  await client.roundTrip('warm')
  add(stage, 'latency', { latency: 200 })
  expect(await client.roundTrip('slow')).toBeGreaterThan(195)
  stage.proxies.get('it').toxics.update('latency_downstream', { attributes: { latency: 400 } })
  expect(await client.roundTrip('slower')).toBeGreaterThan(395)
  remove(stage, 'latency_downstream')
  expect(await client.roundTrip('quick')).toBeLessThan(395)
})

it('lets go at once, in order, of what a removed toxic held', async () => {
  await using stage = await ProxyStage.open()
  const client = await stage.client(await stage.proxy(await stage.serve(echo)))
  add(stage, 'latency', { latency: 60_000 }, { stream: 'upstream' })
  add(stage, 'slicer', { average_size: 3, delay: 10 })
  client.socket.write('one two ')
  await delay(50)
  client.socket.write('three')
  await delay(50)
  expect(client.received.length).toBe(0)
  remove(stage, 'latency_upstream')
  await client.until(13)
  expect(client.received.toString()).toBe('one two three')
})

it('keeps the throughput of a slow line', async () => {
  await using stage = await ProxyStage.open()
  const client = await stage.client(await stage.proxy(await stage.serve(echo)))
  add(stage, 'latency', { latency: 300 })
  const sent = Buffer.alloc(3_000_000, 'x')
  client.socket.write(sent)
  // Some 50 chunks: one after the other would take 15 s.
  expect(await client.until(sent.length)).toBeLessThan(5000)
})

it('limits the bandwidth', async () => {
  await using stage = await ProxyStage.open()
  const client = await stage.client(await stage.proxy(await stage.serve(echo)))
  add(stage, 'bandwidth', { rate: 100 })
  client.socket.write(Buffer.alloc(50_000, 'x'))
  expect(await client.until(50_000)).toBeGreaterThan(480)
})

it('makes a fast sender wait while the bandwidth is small', async () => {
  await using stage = await ProxyStage.open()
  let read = 0
  const port = await stage.serve((socket) => socket.on('data', ({ length }) => (read += length)))
  const client = await stage.client(await stage.proxy(port))
  add(stage, 'bandwidth', { rate: 1 }, { stream: 'upstream' })
  let drained = false
  client.socket.once('drain', () => (drained = true))
  client.socket.write(Buffer.alloc(32_000_000))
  await delay(300)
  expect(drained).toBe(false)
  expect(read).toBeLessThan(10_000)
})

it('delays the end only', async () => {
  await using stage = await ProxyStage.open()
  const client = await stage.client(await stage.proxy(await stage.serve((socket) => socket.end('bye'))))
  await client.until(3)
  expect(await client.ended).toBe('end')
  add(stage, 'slow_close', { delay: 400 })
  const again = await stage.client(Number(stage.proxies.get('it').view.listen.split(':')[1]))
  await again.until(3)
  const began = performance.now()
  expect(await again.ended).toBe('end')
  expect(performance.now() - began).toBeGreaterThan(300)
})

it.each([
  { name: 'a timeout drops data and closes', type: 'timeout', attributes: { timeout: 100 }, how: 'end' },
  {
    name: 'a reset breaks the connection',
    type: 'reset_peer',
    attributes: { timeout: 0 },
    how: 'ECONNRESET',
  },
])('$name', async ({ type, attributes, how }) => {
  await using stage = await ProxyStage.open()
  const port = await stage.proxy(await stage.serve(echo))
  add(stage, type, attributes, { stream: 'upstream' })
  const client = await stage.client(port)
  client.socket.write('x')
  expect(await client.ended).toBe(how)
  expect(client.received.length).toBe(0)
})

it('closes what a timeout of 0 held open once it is removed', async () => {
  await using stage = await ProxyStage.open()
  const port = await stage.proxy(await stage.serve(echo))
  add(stage, 'timeout')
  const client = await stage.client(port)
  client.socket.write('x')
  const first = await Promise.race([client.ended, delay(200, 'open')])
  remove(stage, 'timeout_downstream')
  expect([first, await client.ended]).toEqual(['open', 'end'])
})

it('stalls and goes on where it was', async () => {
  await using stage = await ProxyStage.open()
  const client = await stage.client(await stage.proxy(await stage.serve(echo)))
  add(stage, 'stall')
  client.socket.write('kept')
  expect(await Promise.race([client.until(1), client.ended, delay(200, 'nothing')])).toBe('nothing')
  remove(stage, 'stall_downstream')
  await client.until(4)
  expect(client.received.toString()).toBe('kept')
})

it('passes so many bytes and closes', async () => {
  await using stage = await ProxyStage.open()
  const port = await stage.proxy(await stage.serve(echo))
  add(stage, 'limit_data', { bytes: 5 })
  const client = await stage.client(port)
  client.socket.write('123456789')
  expect(await client.ended).toBe('end')
  expect(client.received.toString()).toBe('12345')
})

it('changes bits and no lengths, the same ones for the same seed', async () => {
  await using stage = await ProxyStage.open()
  const server = await stage.serve(echo)
  const ports = [await stage.proxy(server), await stage.proxy(server, { name: 'twin' })]
  const got: string[] = []
  for (const [at, port] of ports.entries()) {
    stage.proxies.get(at === 0 ? 'it' : 'twin').toxics.add({ type: 'corrupt', attributes: { bytes: 2 } })
    const client = await stage.client(port)
    await client.roundTrip('abcdefghij')
    got.push(client.received.toString('hex'))
  }
  expect(got[0]).not.toBe(Buffer.from('abcdefghij').toString('hex'))
  expect(got[1]).toBe(got[0])
})

it('strikes a share of the connections, chosen by the seed', async () => {
  await using stage = await ProxyStage.open()
  const server = await stage.serve(echo)
  const struck: string[] = []
  for (const name of ['first', 'second']) {
    const port = await stage.proxy(server, { name, seed: 7 })
    stage.proxies.get(name).toxics.add({ type: 'reset_peer', stream: 'upstream', toxicity: 0.5 })
    const outcomes: string[] = []
    for (let count = 0; count < 20; count += 1) {
      const client = await stage.client(port)
      outcomes.push(
        await client.roundTrip('x').then(
          () => 'ok',
          () => 'reset',
        ),
      )
    }
    struck.push(outcomes.join(' '))
  }
  const resets = struck[0]?.match(/reset/g)?.length ?? 0
  expect(struck[1]).toBe(struck[0])
  expect(resets).toBeGreaterThan(3)
  expect(resets).toBeLessThan(17)
})

it('refuses connections and ends open ones while it is disabled', async () => {
  await using stage = await ProxyStage.open()
  const port = await stage.proxy(await stage.serve(echo))
  const client = await stage.client(port)
  await client.roundTrip('x')
  await stage.proxies.get('it').update({ enabled: false })
  expect(await client.ended).toMatch(/end|ECONNRESET/)
  await expect(stage.client(port)).rejects.toThrow('ECONNREFUSED')
  await stage.proxies.get('it').update({ enabled: true })
  expect(await (await stage.client(port)).roundTrip('x')).toBeLessThan(5000)
})

it('passes a reset of the server on to the client', async () => {
  await using stage = await ProxyStage.open()
  const port = await stage.serve((socket) => socket.on('data', () => socket.resetAndDestroy()))
  const client = await stage.client(await stage.proxy(port))
  client.socket.write('x')
  expect(await client.ended).toBe('ECONNRESET')
})
