import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { JsonObject } from '@squall/contract'
import { type LawContextOptions, lawContext, playUndos } from '@squall/testkit'
import { afterEach, expect, it, vi } from 'vitest'
import driver from '../src/index.ts'
import { timeOf } from '../src/time-of.ts'
import { certificateFiles, type ServedCluster, serveCluster } from './served-cluster.ts'

vi.setConfig({ testTimeout: 60_000 })

const open: ServedCluster[] = []
afterEach(async () => {
  for (const served of open.splice(0)) await served[Symbol.asyncDispose]()
})

async function serve(isSecured = false): Promise<ServedCluster> {
  const served = await serveCluster({ isSecured })
  open.push(served)
  return served
}

const { start_chaos, stop_chaos, chaos_report, chaos_status } = driver.activities
const parameters = { TimeToRunInSeconds: '600' }
const timeout = 30
const start = (context: ReturnType<typeof lawContext>) =>
  start_chaos.run({ parameters, wait: false, timeout }, context)

/** As somebody has it who is let in: the certificate as a file, or as a secret. */
async function credentials(
  { url, folder }: ServedCluster,
  as: 'file' | 'secret',
): Promise<LawContextOptions> {
  const { pem_path, ca_path } = certificateFiles
  const configuration: JsonObject = { endpoint: url, ca_path }
  const pem_content = await readFile(path.join(folder, pem_path), 'utf8')
  const secrets: JsonObject = as === 'file' ? { pem_path } : { pem_content }
  return { directory: folder, configuration, secrets }
}

it.each(['file', 'secret'] as const)('shows its certificate, from a %s, and undoes with it', async (as) => {
  const served = await serve(true)
  const context = lawContext(await credentials(served, as))
  await start(context)
  expect(served.chaos.get().status).toBe('Running')
  expect(await playUndos(driver, context.undos.records, lawContext())).toEqual(['undone'])
  expect(served.chaos.get().status).toBe('Stopped')
})

it('is not let in without a certificate, and trusts nobody it does not know unless told so', async () => {
  const served = await serve(true)
  const { directory = '', configuration = {} } = await credentials(served, 'file')
  const withoutCa: JsonObject = { endpoint: served.url }
  await expect(start(lawContext({ directory, configuration }))).rejects.toThrow(
    `${served.url} answered: nothing (`,
  )
  const secrets: JsonObject = { pem_path: certificateFiles.pem_path }
  await expect(start(lawContext({ directory, secrets, configuration: withoutCa }))).rejects.toThrow(
    'certificate',
  )
  await start(lawContext({ directory, secrets, configuration: { ...withoutCa, verify_tls: 'False' } }))
  expect(served.chaos.get().status).toBe('Running')
})

it('reports what happened in a range, all pages of it, in the words of the wire', async () => {
  const served = await serve()
  const context = lawContext({ configuration: { endpoint: served.url } })
  for (let run = 0; run < 60; run += 1) {
    await served.chaos.start(parameters)
    await served.chaos.stop()
  }
  const report = await chaos_report.run({ timeout, start_time_utc: '2 mns ago' }, context)
  expect(report.History.length).toBeGreaterThanOrEqual(120)
  expect(report).toMatchObject({
    Status: 'Stopped',
    ContinuationToken: '',
    ChaosParameters: { TimeToRunInSeconds: '600' },
    summary: { validation_failures: [] },
  })
  expect(report.History[0]).toMatchObject({ ChaosEvent: { Kind: 'Started' } })
  const later = await chaos_report.run({ timeout, start_time_utc: '9998-01-01T00:00:00Z' }, context)
  expect(later.History).toEqual([])
  const earlier = await chaos_report.run({ timeout, end_time_utc: '2 days ago' }, context)
  expect(earlier.History).toEqual([])
})

it('stops chaos, whoever started it', async () => {
  const served = await serve()
  await served.chaos.start(parameters)
  const context = lawContext({ configuration: { endpoint: served.url } })
  expect(await stop_chaos.run({ timeout }, context)).toEqual({})
  expect(await chaos_status.run({ timeout }, context)).toMatchObject({ Status: 'Stopped' })
})

it.each<{ configuration: JsonObject; reason: string }>([
  { configuration: {}, reason: 'No URL of a Service Fabric cluster is given.' },
  {
    configuration: { endpoint: 'localhost:19080' },
    reason: "No URL of a Service Fabric cluster is 'localhost:19080'.",
  },
  {
    configuration: { endpoint: 'https://127.0.0.1:9', pem_path: 'nowhere.pem' },
    reason: 'The certificates cannot be used: ENOENT',
  },
  {
    configuration: { endpoint: 'http://127.0.0.1:9' },
    reason: 'nothing (connect ECONNREFUSED 127.0.0.1:9).',
  },
])('fails for $configuration', async ({ configuration, reason }) => {
  const context = lawContext({ configuration })
  await expect(async () => start(context)).rejects.toThrow(reason)
  expect(context.undos.records).toEqual([])
})

it.each([
  { text: '2 mns ago', ms: 1_000_000 - 120_000 },
  { text: '1 hour ago', ms: 1_000_000 - 3_600_000 },
  { text: '1970-01-01T00:00:01Z', ms: 1000 },
])('reads the time $text', ({ text, ms }) => {
  expect(timeOf(text, 1_000_000)).toBe(ms)
})

it.each(['soon', '5 moons ago', ''])('takes %o for no time', (text) => {
  expect(() => timeOf(text, 0)).toThrow('is no time')
})

it('stands in for the functions of chaostoolkit-service-fabric', () => {
  const names = driver.aliases.flatMap(({ module, functions }) =>
    Object.entries(functions).map(([name, to]) => `${module}.${name} -> ${to.provider}.${to.func}`),
  )
  expect(names).toContain('chaosservicefabric.cluster.actions.start_chaos -> fabric.start_chaos')
  expect(names).toContain('chaosservicefabric.cluster.probes.chaos_report -> fabric.chaos_report')
})
