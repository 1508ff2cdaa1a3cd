import { describe, expect, it } from 'vitest'
import { call, failure, TestContext } from './activity.ts'
import { redirect, TestServer, text } from './server.ts'

const ok = 'HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n'

/** An address of this machine at which nobody listens. */
async function freePort(): Promise<number> {
  await using server = await TestServer.tcp(() => {})
  return server.port
}

describe('an activity fails', () => {
  it('when the connection is refused', async () => {
    const url = `http://127.0.0.1:${await freePort()}/`
    const error = await failure({ url })
    expect(error.code).toBe('SQUALL_ACTIVITY_FAILED')
    expect(error.message).toMatch(`failed to connect to ${url}: connect ECONNREFUSED 127.0.0.1:`)
    expect(error.hint).toContain('Nothing listens there')
  })

  it('when every address of a name refuses', async () => {
    const url = `http://localhost:${await freePort()}/`
    expect((await failure({ url })).message).toMatch(/failed to connect to .*: connect ECONNREFUSED .*\.$/)
  })

  it('when a name is unknown', async () => {
    const error = await failure({ url: 'http://no-such-host.invalid/' })
    expect(error.code).toBe('SQUALL_ACTIVITY_FAILED')
    expect(error.message).toContain('failed to connect to http://no-such-host.invalid/: getaddrinfo')
  })

  it('without telling user and password of the url', async () => {
    const error = await failure({ url: `http://me:hidden@127.0.0.1:${await freePort()}/` })
    expect(error.message).not.toContain('hidden')
  })

  it.each([
    { name: 'closes before it answers', sends: '', says: 'broke before an answer came: the server closed' },
    { name: 'does not speak HTTP', sends: 'SSH-2.0-x\r\n\r\n', says: 'broke before an answer came' },
    { name: 'closes within the headers', sends: ok, says: 'broke before an answer came' },
    {
      name: 'closes within a body of known length',
      sends: `${ok}Content-Length: 9\r\n\r\nhalf`,
      says: 'broke in the middle of the answer: the server closed the connection.',
    },
    {
      name: 'closes within chunks',
      sends: `${ok}Transfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n`,
      says: 'broke in the middle of the answer',
    },
  ])('when the server $name', async ({ sends, says }) => {
    await using server = await TestServer.tcp((socket) => {
      socket.once('data', () => socket.end(sends))
    })
    const error = await failure({ url: server.url })
    expect(error.code).toBe('SQUALL_ACTIVITY_FAILED')
    expect(error.message).toContain(says)
  })
})

describe('timeout', () => {
  const within = async (limitMs: number, work: Promise<unknown>): Promise<void> => {
    const at = performance.now()
    await work
    expect(performance.now() - at).toBeLessThan(limitMs)
  }

  it.each([
    { name: 'nothing comes', sends: '', timeout: 0.3 },
    { name: 'the body stops coming', sends: `${ok}Content-Length: 9\r\n\r\nhalf`, timeout: [null, 0.3] },
  ])('ends an activity when $name', async ({ sends, timeout }) => {
    await using server = await TestServer.tcp((socket) => void socket.once('data', () => socket.write(sends)))
    const failing = failure({ url: server.url, timeout })
    await within(1500, failing)
    const error = await failing
    expect(error.code).toBe('SQUALL_ACTIVITY_FAILED')
    expect(error.message).toBe(`activity took too long to complete: ${server.url}/ sent nothing for 0.3 s.`)
  })

  it('is for each part of an answer, not for the whole', async () => {
    await using server = await TestServer.tcp((socket) => {
      const parts = [`${ok}Content-Length: 5\r\n\r\n`, 'a', 'b', 'c', 'd', 'e']
      socket.once('data', () => {
        const timer = setInterval(() => {
          const part = parts.shift()
          if (part) socket.write(part)
          else clearInterval(timer)
        }, 150)
      })
    })
    const at = performance.now()
    expect((await call({ url: server.url, timeout: 0.6 })).body).toBe('abcde')
    expect(performance.now() - at).toBeGreaterThan(600)
  })

  it('is for connecting too', async () => {
    // A TLS server that never says hello: the connection does not come to stand.
    await using server = await TestServer.tcp(() => {})
    const url = `https://127.0.0.1:${server.port}/`
    const failing = failure({ url, timeout: [0.2, 30] })
    await within(1500, failing)
    expect((await failing).message).toBe(`failed to connect to ${url}: no connection within 0.2 s.`)
  })

  it('of a day does not end an activity at once', async () => {
    await using server = await TestServer.http((_, response) => text(response, 'ok'))
    expect((await call({ url: server.url, timeout: [1e9, 86400] })).body).toBe('ok')
  })
})

describe('max_retries', () => {
  /** Fails so many times, then answers. */
  const flaky = (times: number) =>
    TestServer.http((_, response, count) => {
      if (count <= times) response.destroy()
      else text(response, `call ${count}`)
    })

  it.each([
    { method: 'GET', retries: 2, times: 2, body: 'call 3' },
    { method: 'PUT', retries: 1, times: 1, body: 'call 2' },
  ])('$method is sent again, up to $retries times', async ({ method, retries, times, body }) => {
    await using server = await flaky(times)
    expect((await call({ url: server.url, method, max_retries: retries })).body).toBe(body)
  })

  it.each([
    { name: 'GET without it', method: 'GET', retries: 0, times: 1, calls: 1 },
    { name: 'GET when they are used up', method: 'GET', retries: 1, times: 9, calls: 2 },
    { name: 'POST, which may have been carried out', method: 'POST', retries: 5, times: 1, calls: 1 },
  ])('fails: $name', async ({ method, retries, times, calls }) => {
    await using server = await flaky(times)
    expect((await failure({ url: server.url, method, max_retries: retries })).code).toBe(
      'SQUALL_ACTIVITY_FAILED',
    )
    expect(server.seen.length).toBe(calls)
  })

  it('tries POST again when it was never sent', async () => {
    // Closed during the TLS handshake: nothing of the request was on its way.
    await using server = await TestServer.tcp((socket) => void socket.once('data', () => socket.destroy()))
    await failure({ url: `https://127.0.0.1:${server.port}/`, method: 'POST', max_retries: 2 })
    expect(server.connections).toBe(3)
  })

  it('does not try again once the answer had begun', async () => {
    await using server = await TestServer.tcp((socket) => {
      socket.once('data', () => socket.end(`${ok}Content-Length: 9\r\n\r\nhalf`))
    })
    await failure({ url: server.url, max_retries: 3 })
    expect(server.connections).toBe(1)
  })

  it('waits as a busy server asks', async () => {
    await using server = await TestServer.http((_, response, count) =>
      count <= 2 ? text(response, 'busy', { 'Retry-After': '7' }, 503) : text(response, 'ready'),
    )
    const context = new TestContext()
    expect((await call({ url: server.url, max_retries: 3 }, { context })).body).toBe('ready')
    expect(context.slept).toEqual([7000, 7000])
    server.seen.splice(0)
    expect((await call({ url: server.url })).status).toBe(503)
  })

  it('starts anew after a redirect', async () => {
    await using server = await TestServer.http(({ url }, response, count) => {
      if (count === 1 || count === 3) response.destroy()
      else if (url === '/') redirect(response, '/end')
      else text(response, 'end')
    })
    expect((await call({ url: server.url, max_retries: 1 })).body).toBe('end')
  })
})
