import { clusterLaws, lawContext, VirtualClock } from '@squall/testkit'
import { describe, expect, it } from 'vitest'
import { defaultTopology, Simulator, sizedTopology, twinOf } from '../src/index.ts'
import { restartOf, Stage } from './simulator-fixture.ts'

describe('laws of a cluster', () => {
  const clock = lawContext().clock
  const topology = { ...defaultTopology, latencies: { ...defaultTopology.latencies, nodeRestart: 1500 } }
  const scene = () => ({
    cluster: new Simulator({ clock, topology }),
    fault: (snapshot: Parameters<typeof restartOf>[0]) => restartOf(snapshot, 'BackEnd1'),
    longFault: (snapshot: Parameters<typeof restartOf>[0]) => restartOf(snapshot, 'BackEnd1'),
  })
  for (const law of clusterLaws(scene)) it(law.name, law.check)
})

it('is unhealthy where it is told to be', async () => {
  const { cluster } = new Stage()
  cluster.setHealth({ node: 'BackEnd0' }, 'Warning')
  cluster.setHealth({ service: 'fabric:/TestApp1/Web' }, 'Error')
  cluster.setReports([{ health: 'Error', source: 'test', description: 'broken on purpose' }])
  const seen = await cluster.snapshot()
  expect(seen.nodes.find(({ name }) => name === 'BackEnd0')?.health).toBe('Warning')
  expect(seen.services.find(({ name }) => name === 'fabric:/TestApp1/Web')?.health).toBe('Error')
  expect(seen.applications.find(({ name }) => name === 'fabric:/TestApp1')?.health).toBe('Error')
  expect(seen.reports).toHaveLength(1)
  cluster.setHealth({ service: 'fabric:/TestApp1/Web' }, undefined)
  expect((await cluster.snapshot()).applications.every(({ health }) => health === 'Ok')).toBe(true)
})

it('upgrades, and cannot be asked, when it is told so', async () => {
  const { cluster } = new Stage()
  expect(await cluster.upgrading()).toBeUndefined()
  cluster.setUpgrading('version 2')
  expect(await cluster.upgrading()).toBe('version 2')
  cluster.setUnanswered({ upgrading: 'no answer', snapshot: 'the two views differ' })
  await expect(cluster.upgrading()).rejects.toThrow('no answer')
  await expect(cluster.snapshot()).rejects.toThrow('the two views differ')
  cluster.setApplicationUpgrading('fabric:/TestApp1', true)
  cluster.setUnanswered({ snapshot: undefined })
  expect((await cluster.snapshot()).applications.map(({ isUpgrading }) => isUpgrading)).toEqual([
    false,
    true,
    false,
  ])
})

it('refuses as often as it is told to', async () => {
  const stage = new Stage()
  stage.cluster.refuse('restart-node', { outcome: 'not-now', reason: 'later' })
  const fault = restartOf(await stage.look(), 'BackEnd0')
  expect(await stage.inject(fault)).toEqual({ outcome: 'not-now', reason: 'later' })
  expect(await stage.inject(fault)).toEqual({ outcome: 'done' })
})

it('is slow when it is told so', async () => {
  const stage = new Stage()
  stage.cluster.setLatencies({ nodeRestart: 60_000 })
  const working = stage.cluster.inject(restartOf(await stage.look(), 'BackEnd0'), lawContext())
  await stage.clock.advance(0)
  await stage.clock.advance(59_000)
  expect((await stage.look()).nodes.find(({ name }) => name === 'BackEnd0')?.isUp).toBe(false)
  await stage.clock.advance(1000)
  expect(await working).toEqual({ outcome: 'done' })
})

it('tells a timeout from an interruption', async () => {
  const stage = new Stage()
  const fault = restartOf(await stage.look(), 'BackEnd0')
  const stop = new AbortController()
  const working = stage.cluster.inject(fault, lawContext({ signal: stop.signal }))
  await stage.clock.advance(0)
  stop.abort(new DOMException('300 s are over', 'TimeoutError'))
  expect(await working).toMatchObject({ outcome: 'timeout' })
  const again = await stage.cluster.inject(fault, { signal: AbortSignal.abort() })
  expect(again).toMatchObject({ outcome: 'transient' })
})

it('is as it was at the beginning after a reset', async () => {
  const stage = new Stage()
  const first = await stage.look()
  await stage.inject(restartOf(first, 'BackEnd0'))
  stage.cluster.setUpgrading('something')
  await stage.cluster.reset()
  expect(await stage.look()).toEqual(first)
  expect(await stage.cluster.upgrading()).toBeUndefined()
})

it('spreads its replicas by the seed', async () => {
  const places = async (seed: number) => (await new Stage({ seed }).look()).replicas.map(({ node }) => node)
  expect(await places(1)).toEqual(await places(1))
  expect(await places(1)).not.toEqual(await places(2))
})

it('has a twin with the same replicas in the same places', async () => {
  const of = await new Stage({ seed: 5 }).look()
  const twin = await new Simulator({ clock: new VirtualClock(), topology: twinOf(of) }).snapshot()
  const places = (snapshot: typeof of) =>
    snapshot.replicas.map(({ partition, node, role }) => `${partition} ${node} ${role}`).sort()
  expect(places(twin)).toEqual(places(of))
})

it('holds 10,000 nodes and 100,000 replicas', async () => {
  const cluster = new Simulator({
    clock: new VirtualClock(),
    topology: sizedTopology({ nodes: 10_000, replicas: 100_000 }),
  })
  const seen = await cluster.snapshot()
  expect([seen.nodes.length, seen.replicas.length]).toEqual([10_000, 100_000])
  expect(seen.partitions.every(({ status }) => status === 'Ready')).toBe(true)
})
