import type { JsonObject } from '@squall/contract'
import { driverLaws, type Sample, type Scene } from '@squall/testkit'
import { describe, it, vi } from 'vitest'
import driver from '../src/index.ts'
import { type ServedChaos, serveChaos } from './served-chaos.ts'

vi.setConfig({ testTimeout: 60_000 })

type Prepare = (served: ServedChaos) => Promise<JsonObject> | JsonObject

/** A server of its own for each law; a look asks the engine behind it. */
async function scene(prepare: Prepare = () => ({})): Promise<Scene> {
  const served = await serveChaos()
  return {
    input: { server: served.url, ...(await prepare(served)) },
    look: () => served.chaos.get().status,
    underway: () => served.cluster.looks > 1 || served.chaos.get().status === 'Running',
    cleanUp: () => served[Symbol.asyncDispose](),
  }
}

const refuses = [
  { input: { server: 'nowhere' }, path: ['server'] },
  { input: { timeout: 'long' }, path: ['timeout'] },
]
const probe: Sample = { prepare: () => scene(), long: false, refuses }
const parameters = {
  TimeToRunInSeconds: '600',
  MaxConcurrentFaults: 1,
  WaitTimeBetweenIterationsInSeconds: 1,
}
const running: Prepare = async ({ chaos }) => {
  await chaos.start(parameters)
  return {}
}

const laws = driverLaws(() => driver, {
  driverFile: new URL('../dist/bundle/index.js', import.meta.url),
  activities: {
    start_chaos: {
      prepare: () => scene(() => ({ parameters })),
      long: () => scene(() => ({ parameters, wait: true })),
      refuses: [
        ...refuses,
        { input: { parameters: { MaxConcurrentFaults: -1 } }, path: ['parameters', 'MaxConcurrentFaults'] },
        { input: { parameters: { TimeToRun: 5 } }, path: ['parameters'] },
        { input: { seed: 1.5 }, path: ['seed'] },
      ],
    },
    stop_chaos: { prepare: () => scene(running), long: false, refuses },
    chaos_status: probe,
    chaos_events: { ...probe, refuses: [...refuses, { input: { since: 'today' }, path: ['since'] }] },
    chaos_report: { ...probe, refuses: [...refuses, { input: { runs: 'some' }, path: ['runs'] }] },
    wait_until_healthy: {
      prepare: () => scene(),
      long: () =>
        scene(({ cluster }) => {
          cluster.setHealth({ node: 'FrontEnd1' }, 'Error')
          return {}
        }),
      refuses: [...refuses, { input: { limit: -1 }, path: ['limit'] }],
    },
  },
})

describe('driver-chaos', () => {
  for (const law of laws) it(law.name, law.check)
})
