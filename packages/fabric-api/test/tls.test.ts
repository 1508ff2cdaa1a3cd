import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import https from 'node:https'
import os from 'node:os'
import path from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { serveChaos } from './served-chaos.ts'

const folder = mkdtempSync(path.join(os.tmpdir(), 'squall-tls-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

interface Pair {
  readonly key: string
  readonly cert: string
}

/** A certificate that is its own authority, for 127.0.0.1. */
function certificate(name: string): Pair {
  const file = (ending: string): string => path.join(folder, `${name}.${ending}`)
  const subject = ['-subj', `/CN=${name}`, '-addext', 'subjectAltName=IP:127.0.0.1']
  const out = ['-keyout', file('key'), '-out', file('pem')]
  execFileSync(
    'openssl',
    ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', ...subject, ...out],
    {
      stdio: 'ignore',
    },
  )
  return { key: readFileSync(file('key'), 'utf8'), cert: readFileSync(file('pem'), 'utf8') }
}

function statusOf(url: string, options: https.RequestOptions): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    https
      .get(`${url}/Tools/Chaos?api-version=6.2`, options, (answer) => {
        answer.resume()
        resolve(answer.statusCode)
      })
      .on('error', reject)
  })
}

it('serves over TLS, and only clients with a certificate when it was given their authority', async () => {
  const server = certificate('server')
  const client = certificate('client')
  await using served = await serveChaos({ tls: { ...server, clientCa: client.cert } })
  expect(served.url).toMatch(/^https:/)
  const trusting = { ca: server.cert, agent: new https.Agent() }
  expect(await statusOf(served.url, { ...trusting, ...client })).toBe(200)
  await expect(statusOf(served.url, trusting)).rejects.toThrow(
    /certificate required|socket hang up|ECONNRESET/i,
  )
})
