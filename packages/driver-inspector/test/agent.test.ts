import { once } from 'node:events'
import fs from 'node:fs'
import http from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { promisify } from 'node:util'
import { afterEach, describe, expect, it } from 'vitest'
import { type Agent, agentExpression } from '../src/host/agent/agent.ts'

/** The agent, made from its text as in a target; the target is this very process. */
const require = createRequire(import.meta.url)
const agent = new Function(`return ${agentExpression}`)()(require) as Agent

const here = import.meta.filename
const match = here.replaceAll(/[\\.]/g, '\\$&')
const fault = { id: 'one', percent: 100, delay: 0, jitter: 0, seed: 7, match }
const error = { code: 'ENOSPC', message: 'no space left on device', errno: -28 }

afterEach(() => {
  agent.end()
})

const readCallback = (): Promise<unknown> =>
  new Promise((resolve, reject) =>
    fs.readFile(here, (wrong, data) => (wrong ? reject(wrong) : resolve(data))),
  )

describe('a failing call', () => {
  const styles = [
    {
      name: 'that answers with a promise',
      functions: ['promises.readFile'],
      read: () => fs.promises.readFile(here),
    },
    { name: 'with a callback', functions: ['readFile'], read: readCallback },
    { name: 'that waits', functions: ['readFileSync'], read: async () => fs.readFileSync(here) },
  ]
  it.each(styles)('$name gets the error of the system, and is whole again afterwards', async (style) => {
    const { functions, read } = style
    expect(agent.faultCalls({ ...fault, error }, 'fs', functions)).toEqual([`fs.${functions[0]}`])
    await expect(read()).rejects.toMatchObject({ code: 'ENOSPC', errno: -28 })
    expect(agent.end('one')).toMatchObject([{ id: 'one', kind: 'fail', hits: 1 }])
    expect(await read()).toBeTruthy()
  })
})

it('puts the very functions back that it found', () => {
  const before = { ...fs }
  const promises = { ...fs.promises }
  agent.faultCalls(fault, 'fs', [])
  agent.faultCalls({ ...fault, id: 'two' }, 'fs', ['readFile'])
  expect(fs.readFile).not.toBe(before.readFile)
  agent.end('one')
  expect(fs.readFile).not.toBe(before.readFile)
  expect(fs.stat).toBe(before.stat)
  agent.end('two')
  expect({ ...fs }).toEqual(before)
  expect({ ...fs.promises }).toEqual(promises)
})

it('delays without harming', async () => {
  agent.faultCalls({ ...fault, delay: 80 }, 'fs', ['promises.readFile'])
  const began = performance.now()
  expect(await fs.promises.readFile(here, 'utf8')).toContain('puts the very functions back')
  expect(performance.now() - began).toBeGreaterThan(75)
})

it('takes a call that is made of others for one', () => {
  agent.faultCalls({ ...fault, match: '.', delay: 60 }, 'fs', [])
  const began = performance.now()
  expect(fs.readFileSync(here, 'utf8')).toContain('takes a call')
  expect(performance.now() - began).toBeLessThan(115)
  expect(agent.end('one')).toMatchObject([{ hits: 1 }])
})

it('strikes the calls that match, so many times', async () => {
  agent.faultCalls({ ...fault, error, times: 2 }, 'fs', ['promises.readFile'])
  await expect(fs.promises.readFile(require.resolve('vitest'))).resolves.toBeTruthy()
  await expect(fs.promises.readFile(here)).rejects.toThrow('ENOSPC')
  await expect(fs.promises.readFile(here)).rejects.toThrow('ENOSPC')
  await expect(fs.promises.readFile(here)).resolves.toBeTruthy()
})

it('strikes the same share of the calls for the same seed', () => {
  const struck = (seed: number): boolean[] => {
    agent.faultCalls({ ...fault, error, percent: 40, seed }, 'fs', ['existsSync'])
    const results = Array.from({ length: 200 }, () => {
      try {
        return !fs.existsSync(here)
      } catch {
        return true
      }
    })
    agent.end()
    return results
  }
  const first = struck(7)
  expect(struck(7)).toEqual(first)
  expect(struck(8)).not.toEqual(first)
  expect(first.filter(Boolean).length).toBeGreaterThan(50)
  expect(first.filter(Boolean).length).toBeLessThan(110)
})

describe('requests', () => {
  const refused = { code: 'ECONNREFUSED', message: 'connection refused' }
  async function served<Result>(ask: (url: string) => Promise<Result>): Promise<Result> {
    const server = http.createServer((_request, response) => response.end('hello')).listen(0, '127.0.0.1')
    await once(server, 'listening')
    try {
      return await ask(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
    } finally {
      server.closeAllConnections()
      server.close()
    }
  }
  const get = (url: string): Promise<number | undefined> =>
    new Promise((resolve, reject) => {
      http
        .get(url, { agent: new http.Agent() }, (answer) => {
          answer.resume()
          resolve(answer.statusCode)
        })
        .on('error', reject)
    })
  const asked = async (url: string): Promise<number> => (await fetch(url)).status

  it.each([
    { api: 'http', ask: get },
    { api: 'net', ask: get },
    { api: 'fetch', ask: asked },
    { api: 'undici', ask: asked },
  ])('of $api fail, and work again', async ({ api, ask }) => {
    await served(async (url) => {
      expect(await ask(url)).toBe(200)
      agent.faultCalls({ ...fault, match: '127\\.0\\.0\\.1', error: refused }, api, [])
      const failure = await ask(url).catch((reason) => reason.cause ?? reason)
      expect(failure).toMatchObject({ code: 'ECONNREFUSED' })
      agent.end()
      agent.faultCalls({ ...fault, match: '127\\.0\\.0\\.1', delay: 60 }, api, [])
      const began = performance.now()
      expect(await ask(url)).toBe(200)
      expect(performance.now() - began).toBeGreaterThan(55)
      agent.end()
      expect(await ask(url)).toBe(200)
    })
  })
})

it('skews Date and timers, and puts them back', async () => {
  const [RealDate, realTimeout] = [globalThis.Date, globalThis.setTimeout]
  const real = Date.now()
  agent.skew('one', 3_600_000, 1)
  agent.skew('two', -600_000, 2)
  expect(Date.now() - real).toBeGreaterThanOrEqual(3_000_000)
  expect(new Date().toISOString() >= new Date(real + 3_000_000).toISOString()).toBe(true)
  expect(new Date(5).getTime()).toBe(5)
  expect(new Date()).toBeInstanceOf(RealDate)
  const began = performance.now()
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(performance.now() - began).toBeGreaterThan(95)
  const again = performance.now()
  await promisify(setTimeout)(50)
  expect(performance.now() - again).toBeGreaterThan(95)
  agent.end('one')
  expect(Date.now() - real).toBeLessThan(-500_000)
  agent.end('two')
  expect([globalThis.Date, globalThis.setTimeout]).toEqual([RealDate, realTimeout])
})

it('says what cannot be hooked', () => {
  expect(() => agent.faultCalls(fault, 'fs', ['fly'])).toThrow('fs has no function fly')
  expect(() => agent.throwIn(fault, 'nowhere.js', 'x')).toThrow("has loaded no CommonJS module 'nowhere.js'")
  expect(() => agent.throwIn(fault, 'node:path', 'fly')).toThrow("'node:path' exports no function 'fly'")
  expect(() => agent.fill('one', 1_000_000, false)).toThrow('within a tenth of its limit')
  expect(agent.faults()).toEqual([])
})

it('throws in a module of Node.js', () => {
  const path = require('node:path')
  agent.throwIn(
    { ...fault, match: 'x', error: { code: 'EINJECTED', message: 'injected' } },
    'node:path',
    'basename',
  )
  expect(() => path.basename('/x')).toThrow('EINJECTED: injected, basename')
  agent.end()
  expect(path.basename('/x')).toBe('x')
})
