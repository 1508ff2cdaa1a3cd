import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ServedChaos, serveChaos, token } from './served-chaos.ts'

let served: ServedChaos
beforeAll(async () => {
  served = await serveChaos()
})
afterAll(() => served[Symbol.asyncDispose]())

interface Wire {
  readonly status: number
  readonly body: { readonly Error?: { readonly Code: string; readonly Message: string } }
}

interface Asked {
  readonly method?: string
  readonly headers?: Record<string, string>
  readonly body?: unknown
}

async function ask(path: string, { body, ...init }: Asked = {}): Promise<Wire> {
  const text = typeof body === 'string' || body === undefined ? body : JSON.stringify(body)
  const answer = await fetch(`${served.url}${path}`, {
    ...init,
    ...(text === undefined ? {} : { body: text }),
  })
  return { status: answer.status, body: (await answer.json()) as Wire['body'] }
}

const start = (body: unknown): Promise<Wire> =>
  ask('/Tools/Chaos/$/Start?api-version=6.0', { method: 'POST', body })

const types = (count: number): string[] => Array.from({ length: count }, (_, at) => `Type${at}`)
const pairs = (count: number): object =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`key${at}`, 'x']))

describe('a start that is refused (2.4)', () => {
  it.each([
    { name: 'no JSON', body: 'not json', status: 400, code: 'E_INVALIDARG' },
    { name: 'an empty body', body: '', status: 400, code: 'E_INVALIDARG' },
    { name: 'a list', body: [], status: 400, code: 'E_INVALIDARG' },
    { name: 'a negative number', body: { MaxConcurrentFaults: -1 }, status: 400, code: 'E_INVALIDARG' },
    {
      name: 'a text that is no number',
      body: { MaxConcurrentFaults: 'many' },
      status: 400,
      code: 'E_INVALIDARG',
    },
    { name: 'too long a run', body: { TimeToRunInSeconds: '4294967296' }, status: 400, code: 'E_INVALIDARG' },
    { name: 'no boolean', body: { EnableMoveReplicaFaults: 'maybe' }, status: 400, code: 'E_INVALIDARG' },
    {
      name: 'a percentage over 100',
      body: { ClusterHealthPolicy: { MaxPercentUnhealthyNodes: 101 } },
      status: 400,
      code: 'E_INVALIDARG',
    },
    {
      name: 'a null value in the context',
      body: { Context: { Map: { a: null } } },
      status: 400,
      code: 'E_INVALIDARG',
    },
    {
      name: 'too long a value in the context',
      body: { Context: { Map: { a: 'x'.repeat(4096) } } },
      status: 400,
      code: 'E_INVALIDARG',
    },
    { name: 'too many pairs', body: { Context: { Map: pairs(101) } }, status: 400, code: 'E_INVALIDARG' },
    { name: 'an empty filter', body: { ChaosTargetFilter: {} }, status: 400, code: 'E_INVALIDARG' },
    {
      name: 'too many node types',
      body: { ChaosTargetFilter: { NodeTypeInclusionList: types(101) } },
      status: 413,
      code: 'FABRIC_E_VALUE_TOO_LARGE',
    },
    {
      name: 'too many applications',
      body: { ChaosTargetFilter: { ApplicationInclusionList: types(1001) } },
      status: 413,
      code: 'FABRIC_E_VALUE_TOO_LARGE',
    },
    {
      name: 'a node type that no node has',
      body: { ChaosTargetFilter: { NodeTypeInclusionList: ['FrontEndType', 'NoType', 'OtherType'] } },
      status: 400,
      code: 'E_INVALIDARG',
      says: /NoType.*OtherType/,
    },
    {
      name: 'an application that is not there',
      body: { ChaosTargetFilter: { ApplicationInclusionList: ['fabric:/Nowhere'] } },
      status: 400,
      code: 'E_INVALIDARG',
      says: /fabric:\/Nowhere/,
    },
  ])('for $name', async ({ body, status, code, says }) => {
    const answer = await start(body)
    expect(answer).toMatchObject({ status, body: { Error: { Code: code } } })
    expect(answer.body.Error?.Message).toMatch(says ?? /./)
    expect(served.chaos.getSchedule().version).toBe(0)
  })
})

describe('what is no operation', () => {
  it.each([
    { name: 'no api-version', path: '/Tools/Chaos', status: 400 },
    { name: 'an api-version that is too old', path: '/Tools/Chaos?api-version=6.1', status: 400 },
    { name: 'one that is too new', path: '/Tools/Chaos/$/Report?api-version=6.2', status: 400 },
    { name: 'another path below /Tools', path: '/Tools/Order?api-version=6.2', status: 400 },
    { name: 'another case', path: '/tools/chaos?api-version=6.2', status: 404 },
    { name: 'a path of nobody', path: '/Nodes?api-version=6.2', status: 404 },
    {
      name: 'a start after its end',
      path: '/Tools/Chaos/Events?api-version=6.2&StartTimeUtc=2&EndTimeUtc=1',
      status: 400,
    },
    { name: 'a negative MaxResults', path: '/Tools/Chaos/Events?api-version=6.2&MaxResults=-1', status: 400 },
  ])('is refused: $name', async ({ path, status }) => {
    expect(await ask(path)).toMatchObject({ status, body: { Error: { Code: 'E_INVALIDARG' } } })
  })

  it('is refused: another verb', async () => {
    expect(await ask('/Tools/Chaos/$/Stop?api-version=6.0')).toMatchObject({ status: 400 })
  })
})

describe('what is tolerated', () => {
  it.each([
    '/Tools/Chaos/?api-version=6.2',
    '/Tools/Chaos?api-version=6.2-preview',
    '/Tools/Chaos?api-version=6.2&timeout=soon',
    '/Tools/Chaos/Events?api-version=6.2&ContinuationToken=',
  ])('%s', async (path) => expect(await ask(path)).toMatchObject({ status: 200 }))

  it('a stop without a body, as the official client sends it', async () => {
    const headers = { 'Content-Length': '0' }
    expect(await ask('/Tools/Chaos/$/Stop?api-version=6.0', { method: 'POST', headers })).toEqual({
      status: 200,
      body: {},
    })
  })
})

describe('who is let in', () => {
  it.each([
    { name: 'a name that was rebound to this address', headers: { Host: 'evil.example' } },
    { name: 'a web page', headers: { Origin: 'http://127.0.0.1:19080' } },
  ])('not $name', async ({ headers }) => {
    const { request } = await import('node:http')
    const status = await new Promise((resolve, reject) => {
      request(`${served.url}/Tools/Chaos?api-version=6.2`, { headers }, (answer) => {
        answer.resume()
        resolve(answer.statusCode)
      })
        .on('error', reject)
        .end()
    })
    expect(status).toBe(403)
  })

  it('to its own routes squall lets only those who know the token', async () => {
    expect(await ask('/squall/status')).toMatchObject({
      status: 403,
      body: { Error: { Code: 'E_ACCESSDENIED' } },
    })
    const headers = { Authorization: `Bearer ${token}` }
    expect(await ask('/squall/status', { headers })).toMatchObject({ status: 200 })
    const badSeed = { body: { options: { seed: 1.5 } }, method: 'POST', headers }
    expect(await ask('/squall/start', badSeed)).toMatchObject({ status: 400 })
  })
})
