import { type Driver, defineDriver, type JsonObject, type JsonValue } from '@squall/contract'
import { describe, expect, it } from 'vitest'
import { DriverRegistry, driverObjects, notify } from '../src/index.ts'
import { VirtualClock } from './virtual-clock.ts'

interface Request {
  readonly url: string
  readonly method: string
  readonly headers: unknown
  readonly body: JsonValue | undefined
}

/** Sends to nobody, and remembers what was asked. */
function fakeFetch(answer: () => Promise<Response> = async () => new Response(null, { status: 204 })) {
  const requests: Request[] = []
  const send = (async (url: string, init: RequestInit) => {
    const body = typeof init.body === 'string' ? (JSON.parse(init.body) as JsonValue) : undefined
    requests.push({ url, method: init.method ?? '', headers: init.headers, body })
    return answer()
  }) as typeof fetch
  return { requests, send }
}

interface Telling {
  readonly channels: JsonValue
  readonly drivers?: readonly Driver[]
  readonly answer?: () => Promise<Response>
  readonly error?: unknown
}

async function tell({ channels, drivers = [], answer, error }: Telling) {
  const { requests, send } = fakeFetch(answer)
  const unverified = fakeFetch(answer)
  const failures: string[] = []
  const clock = new VirtualClock(Date.UTC(2026, 0, 2))
  const told = notify(
    'run-completed',
    { payload: { status: 'completed' }, ...(error === undefined ? {} : { error }) },
    {
      settings: { notifications: channels } as JsonObject,
      registry: new DriverRegistry(driverObjects(drivers), {}, { pager: { level: 3 } }),
      fetch: send,
      fetchUnverified: unverified.send,
      directory: '/here',
      onFailure: (message) => failures.push(message),
      clock,
    },
  )
  await clock.passUntil(told)
  return { requests, unverified: unverified.requests, failures, took: clock.monotonic() }
}

const event = {
  name: 'run-completed',
  payload: { status: 'completed' },
  phase: 'run',
  ts: Date.UTC(2026, 0, 2) / 1000,
}

describe('http channels (spec 20)', () => {
  it('get the event as JSON', async () => {
    const { requests } = await tell({
      channels: [{ type: 'http', url: 'http://x/hook', headers: { Authorization: 'Bearer y', 'X-N': 1 } }],
    })
    expect(requests).toEqual([
      {
        url: 'http://x/hook',
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: 'Bearer y', 'x-n': '1' },
        body: event,
      },
    ])
  })

  it('are only asked where the payload is not forwarded', async () => {
    const { requests } = await tell({
      channels: [{ type: 'http', url: 'http://x', forward_event_payload: false }],
    })
    expect(requests).toMatchObject([{ method: 'GET', body: undefined }])
  })

  it('without verify_tls use the other fetch', async () => {
    const { requests, unverified } = await tell({
      channels: [{ type: 'http', url: 'https://x', verify_tls: false }],
    })
    expect([requests.length, unverified.length]).toEqual([0, 1])
  })

  it('are told one after the other; one that fails stops nothing and is told to nobody else', async () => {
    const channels = [
      { type: 'http' },
      { type: 'http', url: 'http://one' },
      { type: 'http', url: 'http://two' },
    ]
    const { requests, failures } = await tell({
      channels,
      answer: async () => new Response('no', { status: 500 }),
    })
    expect(requests.map(({ url }) => url)).toEqual(['http://one', 'http://two'])
    expect(failures).toEqual([
      "The channel 'http' was not told of run-completed: it has no url.",
      "The channel 'http' was not told of run-completed: it answered with status 500.",
      "The channel 'http' was not told of run-completed: it answered with status 500.",
    ])
  })

  it('one that never answers is given up', async () => {
    const { failures, took } = await tell({
      channels: [{ type: 'http', url: 'http://x' }],
      answer: () => new Promise(() => {}),
    })
    expect(failures).toHaveLength(1)
    expect(took).toBeLessThan(8000)
  })

  it('an error is written as the reference writes it', async () => {
    const { requests } = await tell({
      channels: [{ type: 'http', url: 'http://x' }],
      error: new TypeError('boom'),
    })
    expect(requests[0]?.body).toMatchObject({ error: "An exception was raised: TypeError('boom')" })
  })
})

describe('which channels are told', () => {
  it.each([
    { events: undefined, told: true },
    { events: [], told: true },
    { events: ['run-completed', 'run-failed'], told: true },
    { events: ['run-failed'], told: false },
  ])('events: $events', async ({ events, told }) => {
    const { requests } = await tell({
      channels: [{ type: 'http', url: 'http://x', ...(events ? { events } : {}) }],
    })
    expect(requests).toHaveLength(told ? 1 : 0)
  })

  it.each([{ channels: null }, { channels: 'http' }, { channels: [] }, { channels: [1, null] }])(
    'nobody: $channels',
    async ({ channels }) => {
      const { requests, failures } = await tell({ channels })
      expect({ requests, failures }).toEqual({ requests: [], failures: [] })
    },
  )
})

describe('channels that drivers serve', () => {
  const seen: unknown[] = []
  const notifier = (name: string) => ({
    summary: 'Remembers.',
    notify: async (
      channel: JsonObject,
      told: unknown,
      { directory, options }: { directory: string; options: JsonObject },
    ) => {
      seen.push({ name, channel, told, directory, options })
    },
  })
  const pager = defineDriver({
    name: 'pager',
    contract: 1,
    summary: 'Pages.',
    notifiers: { page: notifier('page') },
  })
  const both = defineDriver({
    name: 'both',
    contract: 1,
    summary: 'Two ways.',
    notifiers: {
      one: notifier('one'),
      two: {
        summary: 'Fails.',
        notify: async () => {
          throw new Error('out of paper')
        },
      },
    },
  })

  it.each([
    { what: 'by the type', channel: { type: 'page', to: 'me' } },
    { what: 'by the driver, which has one', channel: { type: 'driver', driver: 'pager' } },
    { what: 'by the driver and the name', channel: { type: 'driver', driver: 'pager', notifier: 'page' } },
  ])('$what', async ({ channel }) => {
    seen.length = 0
    await tell({ channels: [channel], drivers: [pager] })
    expect(seen).toEqual([{ name: 'page', channel, told: event, directory: '/here', options: { level: 3 } }])
  })

  it.each([
    {
      what: 'a type that nobody serves',
      channel: { type: 'plugin', module: 'x' },
      says: "serves notifications of 'plugin'",
    },
    {
      what: 'a driver that is not there',
      channel: { type: 'driver', driver: 'none' },
      says: "serves notifications of 'none'",
    },
    {
      what: 'a driver that has two',
      channel: { type: 'driver', driver: 'both' },
      says: "serves notifications of 'both'",
    },
    { what: 'one that fails', channel: { type: 'two' }, says: 'out of paper' },
  ])('$what is a failure that nobody else is told', async ({ channel, says }) => {
    const { failures } = await tell({ channels: [channel], drivers: [pager, both] })
    expect(failures).toEqual([expect.stringContaining(says)])
  })
})
