import zlib from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { httpProvider } from '../src/http-provider.ts'
import { call, callOf, failure, TestContext, worldWith } from './activity.ts'
import { TestServer } from './server.ts'

interface Route {
  readonly body?: string | Buffer
  readonly type?: string
  readonly encoding?: string
  readonly status?: number
}
const routes: Record<string, Route> = {
  json: { body: '{"a": [1, null]}', type: 'application/json' },
  'json-charset': { body: '{"a": 1}', type: 'application/json; charset=utf-8' },
  'json-vendor': { body: '{"a": 2}', type: 'application/vnd.x+json' },
  'bad-json': { body: '{not json', type: 'application/json' },
  'no-json': { type: 'application/json' },
  latin1: { body: Buffer.from('café', 'latin1'), type: 'text/plain; charset=iso-8859-1' },
  quoted: { body: Buffer.from('café', 'latin1'), type: 'text/plain; charset="latin1"' },
  shiftjis: { body: Buffer.from([0x93, 0xfa]), type: 'text/plain; charset=Shift_JIS' },
  'unknown-charset': { body: 'café', type: 'text/plain; charset=klingon' },
  'utf8-nocharset': { body: 'café', type: 'text/plain' },
  'latin1-nocharset': { body: Buffer.from('café', 'latin1'), type: 'text/plain' },
  untyped: { body: 'café' },
  bom: { body: '\ufeffx', type: 'text/plain; charset=utf-8' },
  gzip: { body: zlib.gzipSync('squeezed'), type: 'text/plain', encoding: 'gzip' },
  'gzip-json': { body: zlib.gzipSync('{"z": 1}'), type: 'application/json', encoding: 'gzip' },
  'cut-gzip': { body: zlib.gzipSync('squeezed').subarray(0, -8), type: 'text/plain', encoding: 'gzip' },
  deflate: { body: zlib.deflateSync('squeezed'), type: 'text/plain', encoding: 'deflate' },
  'raw-deflate': { body: zlib.deflateRawSync('squeezed'), type: 'text/plain', encoding: 'deflate' },
  brotli: { body: zlib.brotliCompressSync('squeezed'), type: 'text/plain', encoding: 'br' },
  twice: { body: zlib.gzipSync(zlib.deflateSync('squeezed')), type: 'text/plain', encoding: 'deflate, gzip' },
  'no-gzip': { body: 'plain', type: 'text/plain', encoding: 'gzip' },
  empty: { status: 204 },
  error: { status: 500, body: 'broken', type: 'text/plain' },
  missing: { status: 404, body: '{}', type: 'application/json' },
}

let server: TestServer
beforeAll(async () => {
  server = await TestServer.http(({ url }, response) => {
    const { body = '', type, encoding, status = 200 } = routes[url.slice(1)] ?? {}
    response.setHeader('X-Fixture-Mixed-CASE', 'kept')
    response.setHeader('X-Many', ['one', 'two'])
    if (type) response.setHeader('Content-Type', type)
    if (encoding) response.setHeader('Content-Encoding', encoding)
    response.writeHead(status).end(body)
  })
})
afterAll(() => server[Symbol.asyncDispose]())

describe('the body', () => {
  it.each([
    { name: 'JSON is parsed', route: 'json', body: { a: [1, null] } },
    { name: 'JSON with a charset stays text', route: 'json-charset', body: '{"a": 1}' },
    { name: 'JSON of a vendor stays text', route: 'json-vendor', body: '{"a": 2}' },
    { name: 'packed JSON is parsed', route: 'gzip-json', body: { z: 1 } },
    { name: 'a charset is honoured', route: 'latin1', body: 'café' },
    { name: 'a charset may stand in quotes', route: 'quoted', body: 'café' },
    { name: 'a charset of the east', route: 'shiftjis', body: '日' },
    { name: 'a charset nobody knows', route: 'unknown-charset', body: 'café' },
    { name: 'no charset: UTF-8 where it is', route: 'utf8-nocharset', body: 'café' },
    { name: 'no charset: else Latin-1', route: 'latin1-nocharset', body: 'café' },
    { name: 'no type', route: 'untyped', body: 'café' },
    { name: 'a byte order mark is kept', route: 'bom', body: '\ufeffx' },
    { name: 'gzip', route: 'gzip', body: 'squeezed' },
    { name: 'gzip without its end', route: 'cut-gzip', body: 'squeezed' },
    { name: 'deflate', route: 'deflate', body: 'squeezed' },
    { name: 'deflate without its wrapping', route: 'raw-deflate', body: 'squeezed' },
    { name: 'brotli', route: 'brotli', body: 'squeezed' },
    { name: 'packed twice', route: 'twice', body: 'squeezed' },
    { name: 'nothing', route: 'empty', body: '' },
  ])('$name', async ({ route, body }) => {
    expect((await call({ url: `${server.url}/${route}` })).body).toEqual(body)
  })

  it.each([
    { route: 'bad-json', says: 'application/json, but its body is not JSON' },
    { route: 'no-json', says: 'application/json, but its body is not JSON' },
    { route: 'no-gzip', says: 'packed with gzip, but cannot be unpacked' },
  ])('of /$route stops the method', async ({ route, says }) => {
    const error = await failure({ url: `${server.url}/${route}` })
    expect(error.message).toContain(says)
    expect(error.code).not.toBe('SQUALL_ACTIVITY_FAILED')
  })

  it('of HEAD is empty', async () => {
    expect(await call({ url: `${server.url}/gzip`, method: 'HEAD' })).toMatchObject({ status: 200, body: '' })
  })
})

it('headers keep their spelling, repeated ones are joined', async () => {
  const { headers } = await call({ url: `${server.url}/json` })
  expect(headers).toMatchObject({ 'X-Fixture-Mixed-CASE': 'kept', 'X-Many': 'one, two' })
})

describe('a status', () => {
  it.each([
    { route: 'error', status: 500, body: 'broken' },
    { route: 'missing', status: 404, body: {} },
    { route: 'empty', status: 204, body: '' },
  ])('of $status is no failure', async ({ route, status, body }) => {
    expect(await call({ url: `${server.url}/${route}`, expected_status: 200 })).toMatchObject({
      status,
      body,
    })
  })

  it.each([
    { route: 'error', hasTolerance: false, fields: [{ status: 500 }] },
    { route: 'error', hasTolerance: true, fields: [] },
    { route: 'json', hasTolerance: false, fields: [] },
  ])('of /$route, tolerance $hasTolerance: warnings $fields', async ({ route, hasTolerance, fields }) => {
    const context = new TestContext()
    await httpProvider(worldWith()).run(callOf({ url: `${server.url}/${route}` }, { hasTolerance }), context)
    expect(context.warnings.map((warning) => warning.fields)).toEqual(fields)
  })
})
