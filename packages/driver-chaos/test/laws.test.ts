import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import type { JsonObject } from '@squall/contract'
import { driverLaws, type Sample, type Scene } from '@squall/testkit'
import { describe, it, vi } from 'vitest'
import driver from '../src/index.ts'
import { reachingToyClusters } from './fixtures/toy-cluster.mjs'
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

const withToyCluster = reachingToyClusters(driver)
const fault = { kind: 'restart-node', node: 'lamp' }

/** A cluster of one node, which is a file. */
async function lampScene(slowMs: number): Promise<Scene> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'squall-driver-chaos-'))
  const file = path.join(folder, 'lamp.json')
  await writeFile(file, JSON.stringify({ instanceId: '1', slowMs, isUnderway: false }))
  const read = async () => JSON.parse(await readFile(file, 'utf8'))
  return {
    input: { target: 'toy', options: { file }, fault },
    look: async () => (await read()).instanceId,
    underway: async () => (await read()).isUnderway,
    cleanUp: () => rm(folder, { recursive: true, force: true }),
  }
}

const laws = driverLaws(() => withToyCluster, {
  driverFile: new URL('fixtures/with-toy-cluster.mjs', import.meta.url),
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
    inject_fault: {
      prepare: () => lampScene(0),
      long: () => lampScene(20_000),
      refuses: [
        { input: { target: '', fault }, path: ['target'] },
        { input: { target: 'toy' }, path: ['fault'] },
        { input: { target: 'toy', fault: { kind: 'restart-node' } }, path: ['fault', 'node'] },
        { input: { target: 'toy', fault: { kind: 'explode', node: 'lamp' } }, path: ['fault', 'kind'] },
      ],
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

describe('driver-chaos', () => {
  for (const law of laws) it(law.name, law.check)
})
