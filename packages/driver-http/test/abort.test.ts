import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { call, failure, TestContext } from './activity.ts'
import { TestServer, text } from './server.ts'

const stopped = new Error('stop now')
const sockets = () => process.getActiveResourcesInfo().filter((kind) => kind.startsWith('TCPSocket')).length

async function until(holds: () => boolean): Promise<void> {
  const deadline = performance.now() + 10_000
  while (!holds()) {
    if (performance.now() > deadline) throw new Error(`Not within 10 s: ${holds}`)
    await delay(2)
  }
}

describe('an abort', () => {
  const head = 'HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n'
  it.each([
    { name: 'while the answer is awaited', scheme: 'http', sends: '' },
    { name: 'in the middle of the answer', scheme: 'http', sends: `${head}half` },
    { name: 'during a TLS handshake', scheme: 'https', sends: '' },
  ])('$name ends it within 100 ms and leaves no socket', async ({ scheme, sends }) => {
    const before = sockets()
    await using server = await TestServer.tcp((socket) => void socket.once('data', () => socket.write(sends)))
    const context = new TestContext()
    const url = `${scheme}://127.0.0.1:${server.port}/`
    const failing = failure({ url, verify_tls: false }, { context })
    await until(() => [...server.sockets].some(({ bytesRead }) => bytesRead > 0))
    const at = performance.now()
    context.controller.abort(stopped)
    expect(await failing).toBe(stopped)
    expect(performance.now() - at).toBeLessThan(100)
    await until(() => server.sockets.size === 0 && sockets() <= before)
  })

  it('while a connection is made ends it within 100 ms and leaves no socket', async () => {
    const before = sockets()
    const context = new TestContext()
    // An address that swallows packets: reserved for documentation.
    const failing = failure({ url: 'http://192.0.2.1:81/' }, { context })
    await delay(0)
    const at = performance.now()
    context.controller.abort(stopped)
    const error = await failing
    expect(performance.now() - at).toBeLessThan(100)
    expect([stopped.message, expect.stringContaining('failed to connect')]).toContainEqual(error.message)
    await until(() => sockets() <= before)
  })

  it('before the start sends nothing', async () => {
    await using server = await TestServer.http((_, response) => text(response, 'ok'))
    const context = new TestContext()
    context.controller.abort(stopped)
    expect(await failure({ url: server.url }, { context })).toBe(stopped)
    expect(server.connections).toBe(0)
  })
})

it('a finished call leaves no connection, and each call makes one of its own', async () => {
  const before = sockets()
  await using server = await TestServer.http((_, response) => text(response, 'ok'))
  for (let calls = 0; calls < 3; calls++) await call({ url: server.url })
  expect(server.connections).toBe(3)
  await until(() => server.sockets.size === 0 && sockets() <= before)
})
