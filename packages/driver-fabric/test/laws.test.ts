import type { JsonObject } from '@squall/contract'
import { driverLaws, type Sample, type Scene } from '@squall/testkit'
import { describe, it, vi } from 'vitest'
import driver from '../src/index.ts'
import { certificateFiles, type ServedCluster, serveCluster } from './served-cluster.ts'

vi.setConfig({ testTimeout: 60_000 })

type Prepare = (served: ServedCluster) => Promise<JsonObject> | JsonObject

/** A cluster of its own for each law; a look asks the engine behind it. */
async function scene(prepare: Prepare = () => ({}), isSecured = false): Promise<Scene> {
  const served = await serveCluster({ isSecured })
  return {
    input: await prepare(served),
    directory: served.folder,
    configuration: { endpoint: served.url, ...(isSecured ? certificateFiles : {}) },
    look: () => served.chaos.get().status,
    underway: () => served.cluster.looks > 1 || served.chaos.get().status === 'Running',
    cleanUp: () => served[Symbol.asyncDispose](),
  }
}

const refuses = [
  { input: { endpoint: 5 }, path: ['endpoint'] },
  { input: { timeout: 0 }, path: ['timeout'] },
]
const probe: Sample = { prepare: () => scene(), long: false, refuses }
const parameters = { TimeToRunInSeconds: '600', WaitTimeBetweenIterationsInSeconds: 1 }
const starts = {
  refuses: [
    { input: { parameters: { MaxConcurrentFaults: -1 } }, path: ['parameters', 'MaxConcurrentFaults'] },
    { input: {}, path: ['parameters'] },
  ],
}

const laws = driverLaws(() => driver, {
  driverFile: new URL('../dist/bundle/index.js', import.meta.url),
  activities: {
    start_chaos: [
      {
        ...starts,
        prepare: () => scene(() => ({ parameters })),
        long: () => scene(() => ({ parameters, wait: true })),
      },
      {
        ...starts,
        title: 'secured',
        prepare: () => scene(() => ({ parameters }), true),
        long: () => scene(() => ({ parameters, wait: true }), true),
      },
    ],
    stop_chaos: {
      prepare: () =>
        scene(async ({ chaos }) => {
          await chaos.start(parameters)
          return {}
        }),
      long: false,
      refuses,
    },
    chaos_status: probe,
    chaos_report: {
      ...probe,
      refuses: [...refuses, { input: { start_time_utc: 5 }, path: ['start_time_utc'] }],
    },
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

describe('driver-fabric', () => {
  for (const law of laws) it(law.name, law.check)
})
