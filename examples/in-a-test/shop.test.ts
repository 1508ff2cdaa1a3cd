import { defineAction, defineDriver } from '@squall/contract'
import { parseExperiment, runExperiment, startRun } from '@squall/core'
import http from '@squall/driver-http'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { z } from 'zod'
import { Shop } from './shop.ts'

let shop: Shop
let url: string

beforeEach(async () => {
  shop = new Shop()
  url = await shop.open()
})
afterEach(() => shop.close())

/** A driver of three lines, for the one fault of this test. */
const shopDriver = () =>
  defineDriver({
    name: 'shop',
    contract: 1,
    summary: 'Faults of the shop.',
    activities: {
      lose_prices: defineAction({
        summary: 'Stops the price service.',
        args: z.strictObject({}),
        targets: async () => ['the price service'],
        run: () => shop.losePrices().then(() => true),
      }),
    },
  })

const experiment = () => ({
  title: 'Does the shop page survive the loss of the price service?',
  description: 'The page should go on with the last price it saw.',
  'steady-state-hypothesis': {
    title: 'The page shows a price',
    probes: [
      { type: 'probe' as const, name: 'page', tolerance: 200, provider: { type: 'http', url, timeout: 3 } },
    ],
  },
  method: [
    { type: 'action' as const, name: 'lose the prices', provider: { type: 'shop', func: 'lose_prices' } },
  ],
})

it('keeps its steady state when the price service is lost', async () => {
  const drivers = [http, shopDriver()]
  const run = await runExperiment(await parseExperiment(experiment(), { drivers }), { drivers })

  expect(run.status).toBe('completed')
  expect(run.deviated).toBe(false)
  expect(run.journal.steady_states.after?.probes[0]?.output).toMatchObject({ status: 200, body: 'price: 42' })
})

it('can be followed while it runs', async () => {
  const drivers = [http, shopDriver()]
  const run = startRun(await parseExperiment(experiment(), { drivers }), { drivers })

  const played: string[] = []
  for await (const event of run.events) {
    if (event.type === 'activity-started') played.push(`${event.phase}: ${String(event.activity['name'])}`)
  }

  expect(played).toEqual(['before: page', 'method: lose the prices', 'after: page'])
  expect((await run.finished).exitCode).toBe(0)
})
