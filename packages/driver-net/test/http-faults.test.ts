import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it } from 'vitest'
import { ProxyStage } from './proxy-stage.ts'

/** Says what it was asked, in its body and in a header. */
async function answerer(stage: ProxyStage): Promise<number> {
  const server = createServer(async (asked: IncomingMessage, answer: ServerResponse) => {
    let body = ''
    for await (const chunk of asked) body += chunk
    const { method, url, headers } = asked
    answer.setHeader('x-kind', 'real')
    answer.end(JSON.stringify({ method, url, body, extra: headers['x-extra'] ?? null }))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  stage.later(() => {
    server.closeAllConnections()
    server.close()
  })
  return (server.address() as AddressInfo).port
}

async function withToxics(...toxics: readonly object[]) {
  const stage = await ProxyStage.open()
  const port = await stage.proxy(await answerer(stage), { http: true })
  for (const toxic of toxics) stage.proxies.get('it').toxics.add(toxic)
  const ask = async (path: string, init: RequestInit = {}) => {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
      ...init,
      headers: { connection: 'close', ...init.headers },
    })
    return { status: answer.status, headers: answer.headers, text: await answer.text() }
  }
  return { ask, [Symbol.asyncDispose]: () => stage[Symbol.asyncDispose]() }
}

it('passes requests and answers on', async () => {
  await using stage = await withToxics()
  const { status, text, headers } = await stage.ask('/a?b=1', { method: 'POST', body: 'hello' })
  expect({ status, kind: headers.get('x-kind') }).toEqual({ status: 200, kind: 'real' })
  expect(JSON.parse(text)).toEqual({ method: 'POST', url: '/a?b=1', body: 'hello', extra: null })
})

it('answers in place of the server on the routes that are meant', async () => {
  const attributes = {
    path: '^/pay',
    method: 'post',
    status: 418,
    body: 'no',
    headers: { 'x-why': 'squall' },
  }
  await using stage = await withToxics({ type: 'http_status', attributes })
  const struck = await stage.ask('/pay/1', { method: 'POST' })
  expect([struck.status, struck.text, struck.headers.get('x-why')]).toEqual([418, 'no', 'squall'])
  expect((await stage.ask('/pay/1')).status).toBe(200)
  expect((await stage.ask('/other', { method: 'POST' })).status).toBe(200)
})

it('strikes a share of the requests', async () => {
  await using stage = await withToxics({ type: 'http_status', toxicity: 0.5 })
  const statuses = await Promise.all(Array.from({ length: 40 }, async () => (await stage.ask('/')).status))
  const struck = statuses.filter((status) => status === 503).length
  expect(struck).toBeGreaterThan(8)
  expect(struck).toBeLessThan(32)
  expect(statuses.every((status) => status === 503 || status === 200)).toBe(true)
})

it('breaks a request off', async () => {
  await using stage = await withToxics({ type: 'http_abort', attributes: { path: '/broken' } })
  const failure = await stage.ask('/broken').then(
    () => 'answered',
    (error: Error) => (error.cause as NodeJS.ErrnoException).code,
  )
  expect(failure).toMatch(/ECONNRESET|UND_ERR_SOCKET/)
  expect((await stage.ask('/whole')).status).toBe(200)
})

it('waits before the server is asked', async () => {
  await using stage = await withToxics({
    type: 'http_delay',
    stream: 'upstream',
    attributes: { path: '/slow', delay: 300 },
  })
  const began = performance.now()
  await stage.ask('/slow')
  expect(performance.now() - began).toBeGreaterThan(295)
})

it('changes bodies and headers of both directions', async () => {
  await using stage = await withToxics(
    { type: 'http_header', stream: 'upstream', attributes: { set: { 'X-Extra': 'put in' } } },
    { type: 'http_body', stream: 'upstream', attributes: { body: 'another' } },
    {
      type: 'http_header',
      stream: 'downstream',
      attributes: { remove: ['X-Kind'], set: { 'x-new': 'yes' } },
    },
  )
  const { text, headers } = await stage.ask('/', { method: 'POST', body: 'mine' })
  expect(JSON.parse(text)).toMatchObject({ body: 'another', extra: 'put in' })
  expect([headers.get('x-kind'), headers.get('x-new')]).toEqual([null, 'yes'])
})

it('puts another body in the place of an answer', async () => {
  await using stage = await withToxics({ type: 'http_body', attributes: { body: '{"broken' } })
  expect((await stage.ask('/')).text).toBe('{"broken')
})

it('mixes with toxics of the connection', async () => {
  await using stage = await withToxics({ type: 'latency', attributes: { latency: 200 } })
  const began = performance.now()
  expect((await stage.ask('/')).status).toBe(200)
  expect(performance.now() - began).toBeGreaterThan(195)
})
