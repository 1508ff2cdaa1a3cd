import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { lawContext } from '@squall/testkit'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { Answers } from '../template-openapi/src/answers.ts'
import { call, targetsOf } from '../template-openapi/src/call.ts'
import { credentialsFor } from '../template-openapi/src/credentials.ts'
import type { Operation } from '../template-openapi/src/operation.ts'

const operation: Operation = {
  method: 'PUT',
  path: '/pets/{id}',
  server: 'shop_url',
  parameters: [
    { argument: 'id', name: 'id', in: 'path' },
    { argument: 'key', name: 'api key', in: 'query' },
  ],
  body: 'application/json',
}
const answers: Answers = {
  200: z.looseObject({ name: z.string() }),
  '4XX': z.string().nullable(),
  204: z.null(),
}
const input = { id: 'a/b', key: 'hush hush', body: { name: 'Rex' } }

let server: Server
let url: string
let handle: (request: IncomingMessage, response: ServerResponse) => void

beforeEach(async () => {
  server = createServer((request, response) => handle(request, response)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterEach(async () => {
  server.closeAllConnections()
  server.close()
  await once(server, 'close')
})

function answering(status: number, body: string, type = 'application/json'): void {
  handle = (_, response) => void response.writeHead(status, { 'Content-Type': type }).end(body)
}

function called(signal?: AbortSignal): Promise<unknown> {
  return call(
    operation,
    answers,
    input,
    lawContext({ configuration: { shop_url: `${url}/v1/` }, ...(signal ? { signal } : {}) }),
  )
}

describe('a call', () => {
  it('sends what it was given', async () => {
    let seen: object = {}
    handle = async (request, response) => {
      let body = ''
      for await (const part of request.setEncoding('utf8')) body += part
      const { method, url: asked, headers } = request
      seen = { method, asked, body, type: headers['content-type'], connection: headers.connection }
      response.writeHead(204).end()
    }
    expect(await called()).toEqual({ status: 204, body: null })
    expect(seen).toEqual({
      method: 'PUT',
      asked: '/v1/pets/a%2Fb?api%20key=hush%20hush',
      body: '{"name":"Rex"}',
      type: 'application/json',
      connection: 'close',
    })
  })

  it.each([
    { name: 'JSON', status: 200, body: '{"name":"Rex","age":3}', answer: { name: 'Rex', age: 3 } },
    { name: 'text for a range', status: 418, body: 'tea', type: 'text/plain', answer: 'tea' },
  ])('answers with $name', async ({ status, body, type, answer }) => {
    answering(status, body, type)
    expect(await called()).toEqual({ status, body: answer })
  })

  it.each([
    {
      name: 'a status that is not described',
      status: 503,
      body: '{"why":"tired"}',
      says: 'answered 503: {"why":"tired"}',
    },
    {
      name: 'a body that is not as described',
      status: 200,
      body: '{"name":5}',
      says: 'body.name: Invalid input: expected string, received number',
    },
    {
      name: 'a body that is no JSON',
      status: 200,
      body: '{',
      says: 'the answer 200 is not the JSON that it says it is',
    },
  ])('fails for $name, and does not tell the query', async ({ status, body, says }) => {
    answering(status, body)
    const failure = (await called().catch((error: unknown) => error)) as Error & { code: string }
    expect(failure.message).toContain(`PUT ${url}/v1/pets/a%2Fb: `)
    expect(failure.message).toContain(says)
    expect(failure.message).not.toContain('hush')
    expect(failure.code).toBe('SQUALL_ACTIVITY_FAILED')
  })

  it('fails when the connection breaks or nobody listens', async () => {
    handle = (request) => request.socket.destroy()
    await expect(called()).rejects.toThrow('no answer: ')
    const nowhere = lawContext({ configuration: { shop_url: 'http://127.0.0.1:1' } })
    await expect(call(operation, answers, input, nowhere)).rejects.toThrow(
      /no answer: .*ECONNREFUSED|no answer: bad port/,
    )
  })

  it('ends with the reason of an abort', async () => {
    const abort = new AbortController()
    handle = () => abort.abort(new Error('stop now'))
    await expect(called(abort.signal)).rejects.toThrow('stop now')
  })

  it('fails where nothing says which service is meant, and has unknown targets', async () => {
    const says = "set 'shop_url' to its address"
    await expect(call(operation, answers, input, lawContext())).rejects.toThrow(says)
    expect(await targetsOf(operation, input, lawContext())).toEqual({
      unknown: expect.stringContaining(says),
    })
  })

  it('has its method and address as target', async () => {
    const context = lawContext({ configuration: { shop_url: 'http://shop' } })
    expect(await targetsOf(operation, input, context)).toEqual(['PUT http://shop/pets/a%2Fb'])
  })
})

describe('the credentials of a call', () => {
  const schemes = {
    token: { type: 'bearer', secrets: ['token'] },
    login: { type: 'basic', secrets: ['login_username', 'login_password'] },
    header: { type: 'apiKey', in: 'header', name: 'X-Key', secrets: ['header'] },
    query: { type: 'apiKey', in: 'query', name: 'the key', secrets: ['query'] },
    cookie: { type: 'apiKey', in: 'cookie', name: 'sid', secrets: ['cookie'] },
  } as const
  const none = { headers: {}, query: [], cookies: [] }

  it.each([
    { names: [], secrets: {}, wanted: none },
    {
      names: ['token'],
      secrets: { token: 't' },
      wanted: { ...none, headers: { Authorization: 'Bearer t' } },
    },
    {
      names: ['login'],
      secrets: { login_username: 'a', login_password: 'b' },
      wanted: { ...none, headers: { Authorization: 'Basic YTpi' } },
    },
    {
      names: ['header', 'query', 'cookie'],
      secrets: { header: 'h', query: 'q&', cookie: 'c' },
      wanted: { headers: { 'X-Key': 'h' }, query: ['the%20key=q%26'], cookies: ['sid=c'] },
    },
  ])('of $names', ({ names, secrets, wanted }) => {
    expect(credentialsFor(names.length === 0 ? [] : [names], schemes, secrets)).toEqual(wanted)
  })

  it('are those of the first alternative that is there', () => {
    const alternatives = [['login'], ['header', 'token'], ['header'], []]
    expect(credentialsFor(alternatives, schemes, { header: 'h' }).headers).toEqual({ 'X-Key': 'h' })
    expect(credentialsFor(alternatives, schemes, {})).toEqual(none)
  })

  it('are missed by name', () => {
    const failing = (): unknown => credentialsFor([['login'], ['token']], schemes, { login_username: 'a' })
    expect(failing).toThrow('It needs the secret login_password, or token.')
  })
})
