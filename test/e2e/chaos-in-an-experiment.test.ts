import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { ChaosServer } from '../chaos/killed-server.ts'
import { experiment, project } from './squall.ts'

let server: ChaosServer
beforeEach(async () => {
  server = await ChaosServer.create()
  await server.start()
})
afterEach(() => server[Symbol.asyncDispose]())

const brisk = { WaitTimeBetweenFaultsInSeconds: 0, WaitTimeBetweenIterationsInSeconds: 1 }

function chaosFor(seconds: number, more: object = {}): object {
  const parameters = { ...brisk, TimeToRunInSeconds: seconds, MaxConcurrentFaults: 2 }
  const answers = { server: server.url, store: server.store }
  return experiment({
    'steady-state-hypothesis': {
      title: 'The cluster is well',
      probes: [
        {
          type: 'probe',
          name: 'it is well',
          tolerance: { type: 'jsonpath', path: '$.health', expect: ['Ok'] },
          provider: { type: 'chaos', func: 'wait_until_healthy', arguments: answers },
        },
      ],
    },
    method: [
      {
        type: 'action',
        name: 'chaos',
        provider: {
          type: 'chaos',
          func: 'start_chaos',
          arguments: { ...answers, parameters, seed: 5, wait: true },
        },
        ...more,
      },
    ],
  })
}

async function status(): Promise<unknown> {
  const answer = await fetch(`${server.url}/Tools/Chaos?api-version=6.2`)
  return ((await answer.json()) as { Status: unknown }).Status
}

async function until(wanted: string): Promise<void> {
  const deadline = performance.now() + 30_000
  for (let seen = await status(); seen !== wanted; seen = await status()) {
    if (performance.now() > deadline) throw new Error(`It is ${String(seen)}, not ${wanted}.`)
    await delay(50)
  }
}

it('chaos is the method, and its report is in the journal', { timeout: 60_000 }, async () => {
  await using dir = await project({ 'experiment.json': chaosFor(4) })
  const { exitCode, stderr } = await dir.squall(['run', 'experiment.json'], { timeout: 50_000 })
  expect(stderr).toContain('completed in')
  expect(exitCode).toBe(0)
  const journal = JSON.parse(await readFile(path.join(dir.folder, 'journal.json'), 'utf8'))
  expect(journal.run[0].output).toMatchObject({ stopped: 'The time to run is up.', validation_failures: [] })
  expect(journal.run[0].output.iterations).toBeGreaterThan(0)
})

it('chaos is stopped when the runner is killed', { timeout: 90_000 }, async () => {
  await using dir = await project({ 'experiment.json': chaosFor(600) })
  const run = dir.squall(['run', 'experiment.json'], { timeout: 80_000 })
  await until('Running')
  run.kill('SIGKILL')
  await run
  await until('Stopped')
})

it('chaos is stopped at the end of an experiment that does not wait for it', {
  timeout: 60_000,
}, async () => {
  const started = chaosFor(600) as { method: { provider: { arguments: { wait: boolean } } }[] }
  for (const { provider } of started.method) provider.arguments.wait = false
  await using dir = await project({ 'experiment.json': started })
  const { stderr } = await dir.squall(['run', 'experiment.json'], { timeout: 50_000 })
  expect(stderr).toContain("stop_chaos of 'chaos': undone")
  expect(await status()).toBe('Stopped')
})
