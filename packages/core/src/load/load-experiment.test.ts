import { mkdir, writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { scratchFolder } from '../../test/scratch-folder.ts'
import { loadExperiment } from './load-experiment.ts'
import type { LoadOptions } from './load-options.ts'
import type { LoadedExperiment } from './source-text.ts'

const folder = await scratchFolder()

async function load(source: string, more: Partial<LoadOptions> = {}): Promise<LoadedExperiment> {
  return loadExperiment(source, { fetch, workingDirectory: folder, ...more })
}

describe('a file', () => {
  it.each([
    { name: 'a.json', text: '{"title": "t"}', format: 'json' },
    { name: 'a.yaml', text: 'title: t', format: 'yaml' },
    { name: 'a.yml', text: 'title: t', format: 'yaml' },
    { name: 'mark.json', text: '\uFEFF{"title": "t"}', format: 'json' },
    { name: 'deep/a.json', text: '{"title": "t"}', format: 'json' },
  ])('$name is read by its extension', async ({ name, text, format }) => {
    const file = path.join(folder, name)
    await mkdir(path.dirname(file), { recursive: true })
    await writeFile(file, text)
    expect(await load(name)).toEqual({
      source: name,
      raw: { title: 't' },
      text: text.replace('\uFEFF', ''),
      format,
      directory: path.dirname(file),
    })
  })

  it.each([
    {
      name: 'a.txt',
      code: 'SQUALL_SOURCE_FORMAT',
      message: "'a.txt' has no extension .json, .yaml or .yml.",
    },
    {
      name: 'a.JSON',
      code: 'SQUALL_SOURCE_FORMAT',
      message: "'a.JSON' has no extension .json, .yaml or .yml.",
    },
  ])('$name is refused', async ({ name, code, message }) => {
    await writeFile(path.join(folder, name), '{}')
    await expect(load(name)).rejects.toMatchObject({ code, message })
  })

  it('that is a folder cannot be read', async () => {
    await mkdir(path.join(folder, 'folder.json'))
    await expect(load('folder.json')).rejects.toMatchObject({ code: 'SQUALL_SOURCE_UNREADABLE' })
  })

  it.each([
    { source: 'missing.json', code: 'SQUALL_SOURCE_MISSING' },
    { source: 'C:\\missing.json', code: 'SQUALL_SOURCE_MISSING' },
    { source: 'ftp://example.org/a.json', code: 'SQUALL_SOURCE_FORMAT' },
    { source: 'file:///missing.json', code: 'SQUALL_SOURCE_FORMAT' },
  ])('$source is refused', async ({ source, code }) => {
    await expect(load(source)).rejects.toMatchObject({ code })
  })
})

describe('a URL', () => {
  const answers = new Map<string, { type: string | undefined; body: string; status?: number }>([
    ['/json', { type: 'application/json; charset=utf-8', body: '{"title": "t"}' }],
    ['/x-yaml', { type: 'application/x-yaml', body: 'title: t' }],
    ['/yaml', { type: 'text/yaml', body: 'title: t' }],
    ['/plain-json', { type: 'text/plain', body: '{"title": "t"}' }],
    ['/plain-yaml', { type: 'text/plain', body: 'title: t' }],
    ['/html', { type: 'text/html', body: '<p>' }],
    ['/untyped', { type: undefined, body: '{}' }],
    ['/gone', { type: 'text/plain', body: 'It is gone', status: 404 }],
    ['/broken', { type: 'application/json', body: '{"title"' }],
  ])
  const asked: IncomingMessage[] = []
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    asked.push(request)
    const { type, body, status } = answers.get(request.url ?? '') ?? { type: undefined, body: '' }
    if (request.url === '/moved') response.writeHead(302, { location: '/json' }).end()
    else if (request.url === '/cut')
      response.writeHead(200, { 'content-length': '99' }).write('{', () => response.destroy())
    else response.writeHead(status ?? 200, type === undefined ? {} : { 'content-type': type }).end(body)
  })
  let base = ''
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  afterAll(() => server.close())

  it.each([
    { url: '/json', format: 'json' },
    { url: '/x-yaml', format: 'yaml' },
    { url: '/yaml', format: 'yaml' },
    { url: '/plain-json', format: 'json' },
    { url: '/plain-yaml', format: 'yaml' },
    { url: '/moved', format: 'json' },
  ])('$url is read as $format', async ({ url, format }) => {
    expect(await load(base + url)).toMatchObject({
      source: base + url,
      raw: { title: 't' },
      format,
      directory: folder,
    })
    expect(asked.at(-1)?.headers.accept).toBe('application/json, application/x-yaml')
  })

  it.each([
    { url: '/html', code: 'SQUALL_SOURCE_FORMAT', says: "answers with content type 'text/html'" },
    { url: '/untyped', code: 'SQUALL_SOURCE_FORMAT', says: "answers with content type ''" },
    { url: '/gone', code: 'SQUALL_SOURCE_UNREADABLE', says: 'the server answered 404: It is gone' },
    { url: '/broken', code: 'SQUALL_SOURCE_SYNTAX', says: '/broken:1:9: this is not JSON' },
    { url: '/cut', code: 'SQUALL_SOURCE_UNREADABLE', says: 'cannot be read' },
  ])('$url is refused', async ({ url, code, says }) => {
    await expect(load(base + url)).rejects.toMatchObject({ code, message: expect.stringContaining(says) })
  })

  it('that nobody answers is named', async () => {
    const port = new URL(base).port
    await new Promise((resolve) => server.close(resolve))
    await expect(load(`http://127.0.0.1:${port}/json`)).rejects.toMatchObject({
      code: 'SQUALL_SOURCE_UNREADABLE',
      message: expect.stringContaining('ECONNREFUSED'),
    })
  })
})

describe('the Authorization header', () => {
  it.each([
    { name: 'none', options: {}, source: 'http://host:81/a', header: undefined },
    {
      name: 'the one of the host and port',
      options: { auths: { 'host:81': { type: 'Basic', value: 'x' } } },
      source: 'http://host:81/a',
      header: 'Basic x',
    },
    {
      name: 'not that of another port',
      options: { auths: { host: { type: 'Basic', value: 'x' } } },
      source: 'http://host:81/a',
      header: undefined,
    },
    {
      name: 'of a host without a port',
      options: { auths: { host: { type: 'Basic', value: 'x' } } },
      source: 'https://host/a?b',
      header: 'Basic x',
    },
    {
      name: 'a token over it, trimmed',
      options: { auths: { host: { type: 'Basic', value: 'x' } }, bearerToken: ' t \n' },
      source: 'http://host/a',
      header: 'bearer t',
    },
    {
      name: 'an empty token is none',
      options: { bearerToken: ' ' },
      source: 'http://host/a',
      header: undefined,
    },
    {
      name: 'no host that every object inherits',
      options: { auths: {} },
      source: 'http://constructor/a',
      header: undefined,
    },
  ])('$name', async ({ options, source, header }) => {
    let sent: Headers | undefined
    const answer: typeof fetch = async (_url, init) => {
      sent = new Headers(init?.headers)
      return new Response('{}', { headers: { 'content-type': 'application/json' } })
    }
    await load(source, { ...options, fetch: answer })
    expect(sent?.get('authorization') ?? undefined).toBe(header)
  })
})
