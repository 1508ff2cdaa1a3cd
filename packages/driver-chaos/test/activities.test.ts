import { experimentOfFaults } from '@squall/chaos'
import type { Fault } from '@squall/contract'
import { type LawContext, lawContext, playUndos } from '@squall/testkit'
import { afterEach, expect, it, vi } from 'vitest'
import { z } from 'zod'
import driver from '../src/index.ts'
import { serverArguments } from '../src/server-arguments.ts'
import { type ServedChaos, serveChaos, token } from './served-chaos.ts'

vi.setConfig({ testTimeout: 60_000 })

const open: ServedChaos[] = []
afterEach(async () => {
  for (const served of open.splice(0)) await served[Symbol.asyncDispose]()
})

const { activities } = driver
const brisk = {
  MaxConcurrentFaults: 2,
  WaitTimeBetweenFaultsInSeconds: 0,
  WaitTimeBetweenIterationsInSeconds: 1,
}

async function serve() {
  const served = await serveChaos()
  open.push(served)
  const where = { server: served.url, timeout: 30 }
  const start = (args: object, context: LawContext = lawContext()) =>
    activities.start_chaos.run({ parameters: {}, wait: false, ...where, ...args }, context)
  return { served, where, start }
}

it('starts chaos with a seed and a choice of kinds when it knows the token, and undoes that', async () => {
  const { served, where, start } = await serve()
  const context = lawContext()
  const choice = { seed: 7, kinds: { include: ['restart-replica'] }, exclude: { nodes: ['FrontEnd1'] } }
  await start({ parameters: brisk, ...choice, token }, context)
  expect(served.chaos.get()).toMatchObject({ status: 'Running', seed: 7 })
  expect(await activities.chaos_status.run(where, lawContext())).toMatchObject({
    status: 'Running',
    schedule_status: 'Active',
    parameters: { MaxConcurrentFaults: 2, Context: { Map: { StartedBySquall: expect.any(String) } } },
  })
  expect(await playUndos(driver, context.undos.records, lawContext())).toEqual(['undone'])
  expect(served.chaos.get().status).toBe('Stopped')
  expect(await playUndos(driver, context.undos.records, lawContext())).toEqual(['not needed'])
})

it('leaves chaos alone that somebody else has started since', async () => {
  const { served, where, start } = await serve()
  const context = lawContext()
  await start({}, context)
  await activities.stop_chaos.run(where, lawContext())
  await served.chaos.start({})
  expect(await playUndos(driver, context.undos.records, lawContext())).toEqual(['not needed'])
  expect(served.chaos.get().status).toBe('Running')
})

it('is refused while chaos is running, in the words of the server, and stops nothing', async () => {
  const { served, start } = await serve()
  await served.chaos.start({})
  const context = lawContext()
  await expect(start({}, context)).rejects.toThrow(
    '(FABRIC_E_CHAOS_ALREADY_RUNNING) Chaos is already running',
  )
  expect(await playUndos(driver, context.undos.records, lawContext())).toEqual(['not needed'])
  expect(served.chaos.get().status).toBe('Running')
})

it('needs the token for a seed, and reads it from the store', async () => {
  const { served, start } = await serve()
  await expect(start({ seed: 7 })).rejects.toThrow('(E_ACCESSDENIED)')
  await expect(start({ seed: 7, store: served.store })).rejects.toThrow('token')
})

it('waits until the run is over and reports what it did, from the first event to the last', async () => {
  const { where, start } = await serve()
  const parameters = { ...brisk, TimeToRunInSeconds: 3 }
  const report = await start({ parameters, wait: true, seed: 3, token })
  expect(report).toMatchObject({
    status: 'Stopped',
    validation_failures: [],
    test_errors: [],
    stopped: 'The time to run is up.',
  })
  expect(await activities.chaos_report.run({ ...where, runs: 'latest' }, lawContext())).toEqual(report)
  const events = await activities.chaos_events.run({ ...where, kinds: ['ExecutingFaults'] }, lawContext())
  const faults = events.flatMap(({ Faults = [] }) => Faults)
  expect(events.length).toBe((report as { iterations: number }).iterations)
  const counted = Object.values((report as { faults: Record<string, number> }).faults)
  expect(faults.length).toBe(counted.reduce((sum, count) => sum + count, 0))
  expect(faults.length).toBeGreaterThan(0)
})

it('reads a range of events, and every page of it', async () => {
  const { served, where, start } = await serve()
  for (let run = 0; run < 60; run += 1) {
    await served.chaos.start({})
    await served.chaos.stop()
  }
  const all = await activities.chaos_events.run(where, lawContext())
  expect(all.length).toBeGreaterThan(100)
  const until = all.at(-1)?.TimeStampUtc ?? ''
  await start({ seed: 1, token })
  const earlier = { ...where, until, kinds: ['Started' as const] }
  expect(await activities.chaos_events.run(earlier, lawContext())).toHaveLength(60)
})

it('waits for a cluster that is not well, and says what is wrong with it', async () => {
  const { served, where } = await serve()
  served.cluster.setHealth({ node: 'FrontEnd1' }, 'Error')
  const wait = (limit: number) =>
    activities.wait_until_healthy.run({ ...where, limit, allow_warning: false }, lawContext())
  await expect(wait(0)).rejects.toThrow('FrontEnd1')
  const waiting = wait(30)
  served.cluster.setHealth({ node: 'FrontEnd1' }, undefined)
  expect(await waiting).toMatchObject({ health: 'Ok' })
})

it('says that nobody answers, and registers nothing', async () => {
  const context = lawContext()
  const where = z.object(serverArguments).parse({ server: 'http://127.0.0.1:9' })
  const starting = activities.start_chaos.run({ parameters: {}, wait: false, ...where }, context)
  await expect(starting).rejects.toThrow(
    'http://127.0.0.1:9 answered: nothing (connect ECONNREFUSED 127.0.0.1:9).',
  )
  expect(context.undos.records).toEqual([])
})

it.each<Fault>([
  { kind: 'restart-node', node: 'n', instanceId: '5' },
  {
    kind: 'restart-code-package',
    node: 'n',
    application: 'fabric:/A',
    serviceManifest: 'M',
    activationId: '',
    codePackage: 'C',
    instanceId: '5',
  },
  { kind: 'remove-replica', service: 'fabric:/A/S', partition: 'p', replica: '7', node: 'n' },
  {
    kind: 'move-primary',
    service: 'fabric:/A/S',
    partition: 'p',
    replica: '7',
    from: 'n',
    to: 'm',
    force: false,
  },
  { kind: 'driver', name: 'pause-process', disturbs: 'replica', node: 'n', partition: 'p', replica: '7' },
])('takes a fault as chaos writes it down: $kind', (fault) => {
  const { method = [] } = experimentOfFaults([fault], { target: 'lab', options: { directory: 'lab' } })
  const [written] = method as unknown as { provider: { func: string; arguments: object } }[]
  expect(written?.provider.func).toBe('inject_fault')
  const { value, issues } = activities.inject_fault.args['~standard'].validate(
    written?.provider.arguments,
  ) as { value?: { fault: object }; issues?: unknown }
  expect(issues).toBeUndefined()
  const { instanceId: _, ...lasting } = fault as Fault & { instanceId?: string }
  expect(value?.fault).toEqual(lasting)
})
