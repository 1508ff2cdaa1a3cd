import { copyFileSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { call, failure } from './activity.ts'
import { selfSigned } from './certificate.ts'
import { TestServer, text } from './server.ts'

const certificate = selfSigned()
const cert = certificate.file
let server: TestServer

beforeAll(async () => {
  server = await TestServer.https((_, response) => text(response, 'secret'), certificate)
})
afterAll(() => server[Symbol.asyncDispose]())

describe('verify_tls', () => {
  it('is on: a self-signed certificate fails the activity', async () => {
    const error = await failure({ url: server.url })
    expect(error.code).toBe('SQUALL_ACTIVITY_FAILED')
    // Node 24 goes on with advice of its own.
    const [reason] = error.message.replace(/\.$/, '').split('; ')
    expect(reason).toBe(`failed to connect to ${server.url}/: self-signed certificate`)
    expect(error.hint).toContain('verify_tls')
  })

  it('false takes any certificate', async () => {
    expect((await call({ url: server.url, verify_tls: false })).body).toBe('secret')
  })

  it('takes a file or a folder of authorities', async () => {
    const authorities = mkdtempSync(path.join(tmpdir(), 'authorities-'))
    copyFileSync(cert, path.join(authorities, 'ours.pem'))
    for (const verify_tls of [cert, authorities]) {
      expect((await call({ url: server.url, verify_tls })).body).toBe('secret')
    }
  })

  it.each(['REQUESTS_CA_BUNDLE', 'CURL_CA_BUNDLE'])('true reads %s', async (name) => {
    const environment = { [name]: cert }
    expect((await call({ url: server.url, verify_tls: true }, { environment })).body).toBe('secret')
  })

  it('checks the name', async () => {
    const url = server.url.replace('127.0.0.1', 'localhost')
    const error = await failure({ url, verify_tls: cert })
    expect(error.code).toBe('SQUALL_ACTIVITY_FAILED')
    expect(error.hint).toContain('for another name')
  })

  it('of a file that is not there stops the method, for https only', async () => {
    const error = await failure({ url: server.url, verify_tls: '/no/such.pem' })
    expect(error.message).toBe("The certificates of '/no/such.pem' cannot be read.")
    expect(error.code).not.toBe('SQUALL_ACTIVITY_FAILED')
    await using plain = await TestServer.http((_, response) => text(response, 'plain'))
    expect((await call({ url: plain.url, verify_tls: '/no/such.pem' })).body).toBe('plain')
  })
})
