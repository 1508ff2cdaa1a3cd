import { SquallError } from '@squall/contract'
import { type LogFiles, nodeLogFiles } from '@squall/event-log'
import { VirtualClock } from '@squall/testkit'
import { expect, it, onTestFinished, vi } from 'vitest'
import {
  type ChaosService,
  type ChaosServiceOptions,
  type FaultUndo,
  openChaosService,
} from '../src/index.ts'
import { PaperCluster, threeServices } from './paper-cluster.ts'
import { scratchFolder } from './scratch-folder.ts'

const began = Date.UTC(2026, 0, 4)
const quick = { WaitTimeBetweenIterationsInSeconds: 5, WaitTimeBetweenFaultsInSeconds: 2 }

interface Stage {
  readonly service: ChaosService
  readonly cluster: PaperCluster
  readonly clock: VirtualClock
  readonly folder: string
  /** Lets time pass a little at a time, so that what touches the disk keeps up. */
  pass(seconds: number): Promise<void>
}

async function stage(options: Partial<ChaosServiceOptions> = {}): Promise<Stage> {
  const cluster = (options.cluster as PaperCluster | undefined) ?? new PaperCluster(threeServices)
  const clock = (options.clock as VirtualClock | undefined) ?? new VirtualClock(began)
  const folder = options.folder ?? (await scratchFolder())
  const service = await openChaosService({ seed: 42, ...options, cluster, clock, folder })
  onTestFinished(() => service.close())
  const pass = async (seconds: number): Promise<void> => {
    for (let half = 0; half < seconds * 2; half++) {
      await clock.advance(500)
      // An answer leads to the next question: a few rounds, each as long as the disk needs.
      for (let round = 0; round < 5; round++) {
        await service.flushed()
        await new Promise((resolve) => setImmediate(resolve))
      }
    }
  }
  return { service, cluster, clock, folder, pass }
}

const kindsOf = (service: ChaosService): string[] => service.events().events.map(({ kind }) => kind)

it('runs, injects what it records, and ends when the time is up', async () => {
  const { service, cluster, pass } = await stage()
  await service.start({ ...quick, TimeToRunInSeconds: '30', MaxConcurrentFaults: 2 })
  expect(service.get()).toMatchObject({ status: 'Running', scheduleStatus: 'Active', seed: 42 })
  await pass(32)
  const recorded = service
    .events()
    .events.flatMap((event) => (event.kind === 'ExecutingFaults' ? event.faults : []))
  expect(cluster.injected.length).toBeGreaterThan(2)
  expect(recorded).toEqual(expect.arrayContaining(cluster.injected))
  expect(kindsOf(service)[0]).toBe('Started')
  expect(kindsOf(service).filter((kind) => kind === 'Stopped')).toHaveLength(1)
  expect(kindsOf(service).at(-1)).toBe('Stopped')
  expect(service.get()).toMatchObject({ status: 'Stopped', scheduleStatus: 'Expired' })
})

it('refuses in the order of the specification, and changes nothing', async () => {
  const { service, cluster } = await stage()
  await service.start(quick)
  const unknown = { ChaosTargetFilter: { ApplicationInclusionList: ['fabric:/Gone'] } }
  await expect(service.start({ ChaosTargetFilter: {} })).rejects.toMatchObject({
    code: 'SQUALL_CHAOS_PARAMETER',
  })
  await expect(service.start(unknown)).rejects.toMatchObject({ code: 'SQUALL_CHAOS_RUNNING' })
  await service.stop()
  await expect(service.start(unknown)).rejects.toThrow('fabric:/Gone')
  const many = Array.from({ length: 101 }, (_, at) => `T${at}`)
  await expect(service.start({ ChaosTargetFilter: { NodeTypeInclusionList: many } })).rejects.toMatchObject({
    code: 'SQUALL_CHAOS_TOO_LARGE',
  })
  expect(service.getSchedule().version).toBe(1)
  expect(cluster.injected).toEqual([])
})

it('has no report before the first run', async () => {
  const { service } = await stage()
  expect(() => service.report()).toThrow(new SquallError('SQUALL_CHAOS_NOT_READY', {}).message)
  expect(service.get()).toMatchObject({ status: 'Stopped', scheduleStatus: 'Stopped' })
  await service.start(quick)
  expect(service.report()).toMatchObject({ status: 'Running', continuationToken: '' })
})

it('goes on where it was after the service came back, without a second Started event', async () => {
  const { service, cluster, clock, folder, pass } = await stage()
  await service.start({ ...quick, TimeToRunInSeconds: '60' })
  await pass(10)
  const before = service.events().events
  await service.close()
  const again = await stage({ cluster, clock, folder, seed: 42 })
  expect(again.service.get().status).toBe('Running')
  await again.pass(60)
  const after = again.service.events().events
  expect(after.slice(0, before.length)).toEqual(before)
  expect(kindsOf(again.service).filter((kind) => kind === 'Started')).toHaveLength(1)
  expect(kindsOf(again.service).at(-1)).toBe('Stopped')
  const iterations = after.flatMap((event) => (event.kind === 'ExecutingFaults' ? [event.iteration] : []))
  expect(iterations).toEqual(iterations.map((_, at) => at + 1))
})

it('gives a fault its time and no more', async () => {
  const { service, cluster, pass } = await stage({ faultSeconds: 3, engine: { backoff: 'engine' } })
  cluster.faultMs = 60_000
  await service.start({ ...quick, TimeToRunInSeconds: '60' })
  await pass(20)
  const records = await service.iterations()
  expect(records[0]?.results?.[0]?.result).toMatchObject({ outcome: 'timeout' })
  expect(kindsOf(service)).not.toContain('TestError')
})

it('tells a fault that its time is up by the name of the reason', async () => {
  const { service, cluster, pass } = await stage({ faultSeconds: 3, engine: { backoff: 'engine' } })
  const reasons: unknown[] = []
  cluster.onInject = (_, { signal }) =>
    new Promise((resolve) => {
      signal.addEventListener('abort', () => {
        reasons.push(signal.reason)
        resolve({ outcome: 'timeout' })
      })
    })
  await service.start({ ...quick, TimeToRunInSeconds: '60' })
  await pass(6)
  expect(reasons[0]).toMatchObject({ name: 'TimeoutError', message: 'It was not done within 3 s.' })
})

it('tells of a driver that throws, with the seed and how to replay', async () => {
  const { service, cluster, pass } = await stage()
  cluster.onInject = async () => {
    throw new Error('no such door')
  }
  await service.start(quick)
  await pass(6)
  const error = service.events().events.find(({ kind }) => kind === 'TestError')
  expect(error).toMatchObject({ reason: expect.stringContaining('no such door') })
  expect(error).toMatchObject({ reason: expect.stringContaining('squall chaos run --seed 42') })
})

it('keeps the undo of a fault before the harm and settles it when the fault is over', async () => {
  const calls: string[] = []
  const undo: FaultUndo = {
    register: async (func) => {
      calls.push(`recorded ${func}`)
      return { amend: async () => undefined }
    },
    settle: async () => {
      calls.push('settled')
    },
  }
  const { service, cluster, pass } = await stage({ undo: { begin: () => undo } })
  cluster.onInject = async (_, context) => {
    await context.undo('start_again', {})
    calls.push('harm')
    return { outcome: 'done' }
  }
  await service.start(quick)
  await pass(4)
  expect(calls.slice(0, 3)).toEqual(['recorded start_again', 'harm', 'settled'])
})

it('harms nothing that needs an undo where none can be recorded', async () => {
  const { service, cluster, pass } = await stage()
  const harm = vi.fn()
  cluster.onInject = async (_, context) => {
    await context.undo('start_again', {})
    harm()
    return { outcome: 'done' }
  }
  await service.start(quick)
  await pass(4)
  expect(harm).not.toHaveBeenCalled()
  expect(kindsOf(service)).toContain('TestError')
})

it('holds faults back that have not begun when it is stopped', async () => {
  const { service, cluster, pass } = await stage()
  await service.start({ ...quick, WaitTimeBetweenFaultsInSeconds: 1000, MaxConcurrentFaults: 3 })
  await pass(1)
  await service.stop()
  await service.settled()
  expect(kindsOf(service).at(-1)).toBe('Stopped')
  expect(cluster.injected).toEqual([])
})

it('deletes old events for good from time to time', async () => {
  const { service, clock, cluster, folder, pass } = await stage({ maxEvents: 4, cleanUpIntervalSeconds: 30 })
  await service.start({
    WaitTimeBetweenIterationsInSeconds: 1,
    MaxConcurrentFaults: 0,
    TimeToRunInSeconds: '20',
  })
  await pass(29)
  expect(service.events().events.length).toBeGreaterThan(4)
  await pass(2)
  const left = service.events().events
  expect(left).toHaveLength(4)
  await service.close()
  const again = await stage({ folder, clock, cluster })
  expect(again.service.events().events).toEqual(left)
})

it('sets a schedule of the right version only', async () => {
  const { service } = await stage()
  const Schedule = {
    StartDate: '2026-01-01T00:00:00.000Z',
    ExpiryDate: '2027-01-01T00:00:00.000Z',
    ChaosParametersDictionary: [],
    Jobs: [],
  }
  await expect(service.setSchedule({ Version: 3, Schedule })).rejects.toThrow(
    'Version must be the stored 0, not 3.',
  )
  await service.setSchedule({ Version: 0, Schedule })
  expect(service.writeSchedule()).toEqual({ Version: 1, Schedule })
  expect(service.get().scheduleStatus).toBe('Active')
})

it('refuses kinds and exclusions that are not there', async () => {
  const { service } = await stage()
  const start = (options: object): Promise<void> => service.start(quick, options)
  await expect(start({ kinds: { include: ['restart-nod'] } })).rejects.toThrow('restart-nod')
  await expect(start({ kinds: { weights: { seven: -1 } } })).rejects.toThrow('from 0 on')
  await expect(start({ exclude: { nodes: ['N99'] } })).rejects.toThrow(
    'exclude.nodes names what is not there: N99.',
  )
  await start({ kinds: { exclude: ['restart-node'] }, exclude: { services: ['fabric:/Shop/Cart'] } })
})

it('uses only the kinds that the cluster has, and leaves what is excluded alone', async () => {
  const cluster = new PaperCluster(threeServices)
  const offering = Object.assign(cluster, { faults: ['remove-replica', 'restart-code-package'] as const })
  const { service, pass } = await stage({ cluster: offering })
  await service.start({ ...quick, MaxConcurrentFaults: 4 }, { exclude: { applications: ['fabric:/Blog'] } })
  await pass(60)
  expect(new Set(cluster.injected.map(({ kind }) => kind))).toEqual(new Set(offering.faults))
  expect(JSON.stringify(cluster.injected)).not.toContain('fabric:/Blog')
})

it('injects nothing more once its store cannot be written', async () => {
  let writes = 0
  const failure = vi.fn()
  const files: LogFiles = {
    ...nodeLogFiles,
    create: async (path) => {
      const file = await nodeLogFiles.create(path)
      const write = async (bytes: Uint8Array): Promise<void> => {
        writes++
        if (writes > 3) throw Object.assign(new Error('no space'), { code: 'ENOSPC' })
        await file.write(bytes)
      }
      return { write, sync: () => file.sync(), close: () => file.close() }
    },
  }
  const { service, cluster, pass } = await stage({ files, onFailure: failure })
  await service.start(quick)
  await pass(30)
  expect(failure).toHaveBeenCalledOnce()
  const recorded = service
    .events()
    .events.flatMap((event) => (event.kind === 'ExecutingFaults' ? event.faults : []))
  expect(recorded).toEqual(expect.arrayContaining(cluster.injected))
  await expect(service.stop()).rejects.toMatchObject({ code: 'SQUALL_LOG_BROKEN' })
  await expect(service.close()).rejects.toMatchObject({ code: 'SQUALL_LOG_BROKEN' })
})
