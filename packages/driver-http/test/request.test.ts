import type { JsonValue } from '@squall/contract'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { call, failure } from './activity.ts'
import { TestServer, text } from './server.ts'

let server: TestServer
beforeAll(async () => {
  server = await TestServer.http((_, response) => text(response, 'ok'))
})
afterAll(() => server[Symbol.asyncDispose]())
beforeEach(() => void server.seen.splice(0))

async function sent(fields: Record<string, JsonValue>) {
  await call({ url: server.url, ...fields })
  expect(server.seen.length).toBe(1)
  return server.seen[0] as TestServer['seen'][number]
}

describe('GET', () => {
  it.each([
    {
      name: 'values are written the Python way',
      args: { q: 'a b&c', n: 3, t: true, f: 1.5 },
      query: 'q=a+b%26c&n=3&t=True&f=1.5',
    },
    { name: 'a list repeats its key', args: { l: ['x', 'y'] }, query: 'l=x&l=y' },
    { name: 'null is dropped', args: { none: null, l: [null, 1] }, query: 'l=1' },
    { name: 'letters beyond ASCII go as UTF-8', args: { utf: 'é日' }, query: 'utf=%C3%A9%E6%97%A5' },
    { name: 'a text goes as it is', args: 'a=1&b=2', query: 'a=1&b=2' },
    {
      name: 'pairs',
      args: [
        ['a', 1],
        ['a', 2],
      ],
      query: 'a=1&a=2',
    },
    { name: 'no arguments', args: {}, query: '' },
  ])('$name', async ({ args, query }) => {
    expect(await sent({ arguments: args })).toMatchObject({
      method: 'GET',
      url: query ? `/?${query}` : '/',
      body: '',
    })
  })

  it('joins arguments to the query of the url', async () => {
    const fields = { url: `${server.url}/x?first=1#part`, arguments: { second: 2 } }
    expect((await sent(fields)).url).toBe('/x?first=1&second=2')
  })
})

describe('other methods', () => {
  const json = { 'Content-Type': 'application/json' }
  it.each([
    {
      name: 'an object is a form',
      args: { a: '1 2', b: ['x', 'y'], c: '&=' },
      body: 'a=1+2&b=x&b=y&c=%26%3D',
      type: 'application/x-www-form-urlencoded',
    },
    { name: 'a text goes as it is, without a content type', args: 'straße', body: 'straße', type: undefined },
    { name: 'nothing is nothing', args: null, body: '', type: undefined },
    { name: 'an empty object is nothing', args: {}, body: '', type: undefined },
    {
      name: 'JSON by its content type',
      headers: json,
      args: { a: 1, b: [true, null], c: { d: 'é' } },
      body: '{"a": 1, "b": [true, null], "c": {"d": "\\u00e9"}}',
      type: 'application/json',
    },
    { name: 'an empty object is JSON', headers: json, args: {}, body: '{}', type: 'application/json' },
    { name: 'no arguments are no JSON', headers: json, args: null, body: '', type: 'application/json' },
    {
      name: 'a header in another spelling makes a form',
      headers: { 'content-type': 'application/json' },
      args: { a: '1' },
      body: 'a=1',
      type: 'application/json',
    },
    {
      name: 'and so does a charset',
      headers: { 'Content-Type': 'application/json; charset=utf-8' },
      args: { a: '1' },
      body: 'a=1',
      type: 'application/json; charset=utf-8',
    },
  ])('$name', async ({ args, headers = {}, body, type }) => {
    const seen = await sent({ method: 'post', headers, arguments: args })
    expect(seen).toMatchObject({ method: 'POST', url: '/', body })
    expect(seen.headers['content-type']).toBe(type)
    expect(seen.headers['content-length']).toBe(String(Buffer.byteLength(body)))
  })

  it.each(['PUT', 'delete', 'Patch', 'OPTIONS', 'PURGE'])('%s is sent in capitals', async (method) => {
    expect((await sent({ method })).method).toBe(method.toUpperCase())
  })
})

describe('headers', () => {
  it('of our own are few', async () => {
    expect((await sent({})).headers).toEqual({
      host: server.host,
      connection: 'keep-alive',
      'user-agent': 'squall/test',
      'accept-encoding': 'gzip, deflate',
      accept: '*/*',
    })
  })

  it('of the file are sent in their spelling and win, null takes one away', async () => {
    const seen = await sent({ headers: { 'X-Mixed-CASE': 'kept', accept: 'text/plain', 'User-Agent': null } })
    expect(seen.headerNames).toContain('X-Mixed-CASE')
    expect(seen.headers).toMatchObject({ accept: 'text/plain' })
    expect(seen.headers).not.toHaveProperty('user-agent')
  })

  it('may name another host', async () => {
    expect((await sent({ headers: { Host: 'inner.example' } })).headers['host']).toBe('inner.example')
  })

  it('carry user and password of the url', async () => {
    const url = server.url.replace('//', '//me:p%40ss@')
    const expected = `Basic ${Buffer.from('me:p@ss').toString('base64')}`
    expect((await sent({ url, headers: { Authorization: 'other' } })).headers['authorization']).toBe(expected)
  })
})

describe('what cannot be sent stops the method', () => {
  it.each([
    { fields: { url: 'localhost/x' }, says: "'localhost/x' is no http address" },
    { fields: { url: 'ftp://h/' }, says: 'no http address' },
    { fields: { url: 'http:///path' }, says: 'no http address' },
    { fields: { url: 'http://h:99999/' }, says: 'no valid URL' },
    { fields: { url: 5 }, says: 'is a text, not 5' },
    { fields: { headers: { 'X-N': 5 } }, says: 'The header X-N is 5' },
    { fields: { headers: { 'X N': 'a' } }, says: "'X N' is no name" },
    { fields: { headers: { X: 'a\nb' } }, says: 'may not stand there' },
    { fields: { headers: { Expect: '100-continue' } }, says: 'cannot be sent: expect header not supported' },
    { fields: { method: 7 }, says: 'a word such as POST, not 7' },
    { fields: { timeout: '5' }, says: 'above 0, not "5"' },
    { fields: { timeout: 0 }, says: 'above 0, not 0' },
    { fields: { timeout: [1, 2, 3] }, says: 'or [connect, read], not [1,2,3]' },
    { fields: { max_retries: 'x' }, says: 'whole number from 0, not "x"' },
    { fields: { arguments: ['abc'] }, says: 'a list of [name, value]' },
    { fields: { method: 'POST', arguments: 5 }, says: 'a list of [name, value], not 5' },
  ])('$says', async ({ fields, says }) => {
    const error = await failure({ url: server.url, ...(fields as Record<string, JsonValue>) })
    expect(error.message).toContain(says)
    expect(error.message).toMatch(/\.$/)
    expect(error.code).not.toBe('SQUALL_ACTIVITY_FAILED')
    expect(server.seen).toEqual([])
  })
})
