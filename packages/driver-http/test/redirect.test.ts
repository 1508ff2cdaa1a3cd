import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { call, failure } from './activity.ts'
import { redirect, TestServer, text } from './server.ts'

const start = (status: number, location = '/echo', headers = {}) =>
  TestServer.http(({ url }, response) => {
    if (url.startsWith('/start')) redirect(response, location, status, headers)
    else text(response, 'end')
  })

describe('a redirect', () => {
  const form = 'application/x-www-form-urlencoded'
  it.each([
    { status: 301, method: 'POST', becomes: 'GET', body: '', type: undefined },
    { status: 301, method: 'PUT', becomes: 'PUT', body: '', type: undefined },
    { status: 302, method: 'POST', becomes: 'GET', body: '', type: undefined },
    { status: 302, method: 'DELETE', becomes: 'GET', body: '', type: undefined },
    { status: 302, method: 'HEAD', becomes: 'HEAD', body: '', type: undefined },
    { status: 303, method: 'PUT', becomes: 'GET', body: '', type: undefined },
    { status: 307, method: 'POST', becomes: 'POST', body: 'a=1', type: form },
    { status: 308, method: 'PUT', becomes: 'PUT', body: 'a=1', type: form },
  ])('$status makes $method a $becomes', async ({ status, method, becomes, body, type }) => {
    await using server = await start(status)
    await call({ url: `${server.url}/start`, method, arguments: { a: 1 } })
    const [, second] = server.seen
    expect(second).toMatchObject({ method: becomes, url: '/echo', body })
    expect(second?.headers['content-type']).toBe(type)
  })

  it.each([300, 304])('%i is none', async (status) => {
    await using server = await start(status)
    expect((await call({ url: `${server.url}/start` })).status).toBe(status)
  })

  it.each([
    { name: 'a path', location: '/a b?c=é', url: '/a%20b?c=%C3%A9' },
    { name: 'a relative path', location: '../x', url: '/x' },
    { name: 'a query', location: '?q', url: '/start/here?q' },
  ])('may lead to $name', async ({ location, url }) => {
    await using server = await TestServer.http((request, response) => {
      if (request.url === '/start/here') redirect(response, Buffer.from(location).toString('latin1'))
      else text(response, 'end')
    })
    await call({ url: `${server.url}/start/here` })
    expect(server.seen[1]?.url).toBe(url)
  })

  it('is followed 30 times', async () => {
    await using server = await TestServer.http((_, response, count) =>
      count <= 30 ? redirect(response, `/${count}`) : text(response, 'end'),
    )
    expect((await call({ url: server.url })).body).toBe('end')
    expect(server.seen.length).toBe(31)
  })

  it('too many stop the method', async () => {
    await using server = await TestServer.http((_, response) => redirect(response, '/again'))
    const error = await failure({ url: server.url })
    expect(error.message).toBe(`${server.url}/ leads to more than 30 redirects.`)
    expect(error.code).not.toBe('SQUALL_ACTIVITY_FAILED')
    expect(server.seen.length).toBe(31)
  })
})

describe('Authorization', () => {
  it('stays on the same host and port', async () => {
    await using server = await start(302)
    await call({ url: `${server.url}/start`, headers: { Authorization: 'secret' } })
    expect(server.seen[1]?.headers['authorization']).toBe('secret')
  })

  it('of the url stays as well', async () => {
    await using server = await start(302)
    await call({ url: `${server.url.replace('//', '//me:pw@')}/start` })
    expect(server.seen[1]?.headers['authorization']).toBe(server.seen[0]?.headers['authorization'])
    expect(server.seen[1]?.headers['authorization']).toMatch(/^Basic /)
  })

  it('does not go to another port', async () => {
    await using other = await TestServer.http((_, response) => text(response, 'end'))
    await using server = await start(302, other.url)
    await call({ url: `${server.url}/start`, headers: { authorization: 'secret' } })
    expect(other.seen[0]?.headers).not.toHaveProperty('authorization')
  })

  it('does not go to another host', async () => {
    await using server = await TestServer.http((request, response) =>
      request.url === '/start'
        ? redirect(response, `http://localhost:${server.port}/end`)
        : text(response, 'end'),
    )
    await call({ url: `${server.url}/start`, headers: { Authorization: 'secret' } })
    expect(server.seen[1]?.headers).not.toHaveProperty('authorization')
  })

  it('comes from netrc, for the host that is asked', async () => {
    const NETRC = path.join(mkdtempSync(path.join(tmpdir(), 'netrc-')), 'netrc')
    writeFileSync(NETRC, 'machine 127.0.0.1 login me password pw\n')
    await using server = await start(302)
    const options = { environment: { NETRC } }
    await call({ url: `${server.url}/start`, headers: { Authorization: 'other' } }, options)
    const expected = `Basic ${Buffer.from('me:pw').toString('base64')}`
    expect(server.seen.map(({ headers }) => headers['authorization'])).toEqual([expected, expected])
  })
})

describe('cookies', () => {
  it('go along within one activity and not to the next', async () => {
    await using server = await start(302, '/echo', {
      'Set-Cookie': ['a=1; Path=/', 'b=2; Path=/', 'c=3; Path=/no'],
    })
    await call({ url: `${server.url}/start` })
    await call({ url: `${server.url}/start` })
    expect(server.seen.map(({ headers }) => headers['cookie'])).toEqual([
      undefined,
      'a=1; b=2',
      undefined,
      'a=1; b=2',
    ])
  })

  it('of the file are for the first request only', async () => {
    await using server = await start(302)
    await call({ url: `${server.url}/start`, headers: { Cookie: 'mine=1' } })
    expect(server.seen.map(({ headers }) => headers['cookie'])).toEqual(['mine=1', undefined])
  })
})
