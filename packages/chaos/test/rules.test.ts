import type { Fault, Health } from '@squall/contract'
import { expect, it } from 'vitest'
import { storedReason } from '../src/events/chaos-event.ts'
import {
  clusterHealth,
  defaultChaosParameters,
  durationText,
  faultText,
  fileTimeOf,
  inconsistency,
  instability,
  isoOf,
  planIteration,
  readChaosParameters,
  unixMsOf,
  windowAt,
  writeChaosParameters,
} from '../src/index.ts'
import { reservedPrefix } from '../src/parameters/internal-settings.ts'
import { type ChaosSchedule, emptySchedule } from '../src/schedule/chaos-schedule.ts'
import { occurrencesOf } from '../src/schedule/occurrences.ts'
import { type ClusterDraft, smallCluster } from './small-cluster.ts'

const policy = {
  considerWarningAsError: false,
  maxPercentUnhealthyNodes: 0,
  maxPercentUnhealthyApplications: 0,
}

function nodesWith(count: number, unhealthy: number, health: Health = 'Error'): ClusterDraft {
  return { nodes: Array.from({ length: count }, (_, at) => (at < unhealthy ? { health } : {})) }
}

const threeApplications: ClusterDraft = {
  nodes: 3,
  services: ['A', 'B', 'C'].map((name) => ({
    name: `fabric:/${name}/S`,
    application: `fabric:/${name}`,
    kind: 'stateless',
    on: [1],
  })),
  applicationHealth: { 'fabric:/A': 'Error' },
}
const system: ClusterDraft = {
  nodes: 1,
  services: [{ name: 'fabric:/System/S', application: 'fabric:/System', kind: 'stateless', on: [1] }],
  applicationHealth: { 'fabric:/System': 'Error' },
}

it.each<{ name: string; draft: ClusterDraft; change?: Partial<typeof policy> & object; health: Health }>([
  {
    name: 'one of ten nodes, 10 percent',
    draft: nodesWith(10, 1),
    change: { maxPercentUnhealthyNodes: 10 },
    health: 'Warning',
  },
  {
    name: 'two of ten nodes, 10 percent',
    draft: nodesWith(10, 2),
    change: { maxPercentUnhealthyNodes: 10 },
    health: 'Error',
  },
  { name: 'one of ten nodes, 0 percent', draft: nodesWith(10, 1), health: 'Error' },
  {
    name: 'one of 101 nodes, 1 percent',
    draft: nodesWith(101, 2),
    change: { maxPercentUnhealthyNodes: 1 },
    health: 'Warning',
  },
  {
    name: 'one of three applications, 1 percent',
    draft: threeApplications,
    change: { maxPercentUnhealthyApplications: 1 },
    health: 'Warning',
  },
  { name: 'a warning', draft: nodesWith(3, 1, 'Warning'), health: 'Warning' },
  {
    name: 'a warning that counts as an error',
    draft: nodesWith(3, 1, 'Warning'),
    change: { considerWarningAsError: true },
    health: 'Error',
  },
  {
    name: 'a report of the cluster',
    draft: { nodes: 1, reports: [{ health: 'Error', source: 'watch', description: 'full' }] },
    health: 'Error',
  },
  {
    name: 'the system application, whatever is tolerated',
    draft: system,
    change: { maxPercentUnhealthyApplications: 100 },
    health: 'Error',
  },
  { name: 'nothing wrong', draft: nodesWith(3, 0), health: 'Ok' },
])('cluster health: $name gives $health', ({ draft, change, health }) => {
  expect(clusterHealth(smallCluster(draft), { ...policy, ...change }).health).toBe(health)
})

it('counts applications of a type that the policy names for themselves', () => {
  const snapshot = smallCluster(threeApplications)
  const named = { ...policy, applicationTypes: [{ type: 'AType', percent: 100 }] }
  expect(clusterHealth(snapshot, named)).toEqual({ health: 'Warning', reasons: [] })
  const none = {
    ...policy,
    maxPercentUnhealthyApplications: 100,
    applicationTypes: [{ type: 'AType', percent: 0 }],
  }
  expect(clusterHealth(snapshot, none).reasons).toEqual([
    '1 of 1 applications of type AType are unhealthy, 0 tolerated: fabric:/A',
  ])
})

it.each<{ name: string; draft: ClusterDraft; reasons: readonly string[] }>([
  { name: 'all ready', draft: { nodes: 3, services: [{ name: 'S', on: [1, 2, 3] }] }, reasons: [] },
  {
    name: 'a target larger than the cluster',
    draft: { nodes: 3, services: [{ name: 'S', on: [1, 2, 3], target: 5 }] },
    reasons: [],
  },
  {
    name: 'one in build',
    draft: { nodes: 4, services: [{ name: 'S', on: [1, 2, 3], statuses: { 2: 'InBuild' } }] },
    reasons: ['partition P-S of S has 2 ready replicas of 3', 'in build: 1 replicas'],
  },
  {
    name: 'one of every node is missing',
    draft: { nodes: 3, services: [{ name: 'S', kind: 'stateless', on: [1, 2], target: -1 }] },
    reasons: ['partition P-S of S has 2 ready replicas of 3'],
  },
  {
    name: 'one of every node, with placement constraints',
    draft: {
      nodes: 3,
      services: [{ name: 'S', kind: 'stateless', on: [1, 2], target: -1, constrained: true }],
    },
    reasons: [],
  },
])('stability: $name', ({ draft, reasons }) => {
  expect(instability(smallCluster(draft))).toEqual(reasons)
})

it('knows an inconsistent snapshot', () => {
  const snapshot = smallCluster({ nodes: 3, services: [{ name: 'S', on: [1, 2, 3] }] })
  expect(inconsistency(snapshot)).toBeUndefined()
  expect(inconsistency({ ...snapshot, codePackages: [] })).toContain('0 hosts')
  expect(inconsistency({ ...snapshot, nodes: snapshot.nodes.slice(1) })).toContain('node N01')
  const nodes = snapshot.nodes.map((node) => ({ ...node, isUp: node.name !== 'N02' }))
  expect(inconsistency({ ...snapshot, nodes })).toContain('down')
  const replicas = snapshot.replicas.map((replica) => ({ ...replica, role: 'Primary' as const }))
  expect(inconsistency({ ...snapshot, replicas })).toContain('two primaries')
})

it('converts file times', () => {
  const ms = Date.UTC(2018, 2, 26, 18, 13, 40, 682)
  expect(String(fileTimeOf(ms))).toBe('131665616206820000')
  expect(isoOf(unixMsOf(131665616206820000n))).toBe('2018-03-26T18:13:40.682Z')
  expect(unixMsOf(131665616206829999n)).toBe(ms)
  expect(String(fileTimeOf(ms + 0.25))).toBe('131665616206822500')
  expect(isoOf(unixMsOf(0n))).toBe('1601-01-01T00:00:00.000Z')
})

it.each([
  { ms: 0, text: '00:00:00' },
  { ms: 5999, text: '00:00:05' },
  { ms: 3_600_000, text: '01:00:00' },
  { ms: 86_400_000, text: '1.00:00:00' },
  { ms: 90_061_000, text: '1.01:01:01' },
])('writes $ms ms as $text', ({ ms, text }) => {
  expect(durationText(ms)).toBe(text)
})

it('cuts a reason to what is stored of it', () => {
  expect(storedReason('x'.repeat(4000))).toHaveLength(3072)
  expect(storedReason('short')).toBe('short')
})

const replica = { service: 'fabric:/A/S', partition: 'p', replica: '7', node: 'N1' }
const moved = { service: 'fabric:/A/S', partition: 'p', replica: '7', from: 'N1', to: 'N2', force: false }
const program = {
  node: 'N1',
  application: 'fabric:/A',
  serviceManifest: 'M',
  codePackage: 'C',
  instanceId: '3',
}

it.each<{ fault: Fault; text: string }>([
  {
    fault: { kind: 'restart-node', node: 'N1', instanceId: '5' },
    text: 'ActionType: NodeRestart, NodeName: N1, NodeInstanceId: 5',
  },
  {
    fault: { kind: 'restart-code-package', activationId: '', ...program },
    text: 'ActionType: CodePackageRestart, NodeName: N1, ApplicationName: fabric:/A, ServiceManifestName: M, CodePackageName: C.',
  },
  {
    fault: { kind: 'restart-code-package', activationId: 'X', ...program },
    text: 'ActionType: CodePackageRestart, NodeName: N1, ApplicationName: fabric:/A, ServiceManifestName: M, CodePackageName: C., ServicePackageActivationId: X',
  },
  {
    fault: { kind: 'remove-replica', ...replica },
    text: 'ActionType: RemoveReplica, ServiceUri: fabric:/A/S, PartitionId: p, ReplicaId: 7',
  },
  {
    fault: { kind: 'restart-replica', ...replica },
    text: 'ActionType: RestartReplica, ServiceUri: fabric:/A/S, PartitionId: p, ReplicaId: 7',
  },
  {
    fault: { kind: 'move-primary', ...moved },
    text: 'ActionType: MovePrimary, ServiceUri: fabric:/A/S, PartitionId: p, NodeTo: N2, ForceMove: False',
  },
  {
    fault: { kind: 'move-secondary', ...moved },
    text: 'ActionType: MoveSecondary, ServiceUri: fabric:/A/S, PartitionId: p, NodeFrom: N1, NodeTo: N2, ForceMove: False',
  },
  {
    fault: { kind: 'move-instance', ...moved, force: true },
    text: 'ActionType: MoveInstance, ServiceUri: fabric:/A/S, PartitionId: p, NodeFrom: N1, NodeTo: N2, ForceMove: True',
  },
  {
    fault: { kind: 'driver', name: 'pause-process', disturbs: 'node', node: 'N1' },
    text: 'ActionType: PauseProcess, NodeName: N1',
  },
])('the text of $fault.kind', ({ fault, text }) => {
  expect(faultText(fault)).toBe(text)
})

it('reads and writes parameters as the wire has them', () => {
  const wire = {
    TimeToRunInSeconds: '900',
    MaxClusterStabilizationTimeoutInSeconds: 45,
    MaxConcurrentFaults: 2,
    EnableMoveReplicaFaults: false,
    WaitTimeBetweenFaultsInSeconds: 1,
    WaitTimeBetweenIterationsInSeconds: 2,
    ClusterHealthPolicy: {
      ConsiderWarningAsError: false,
      MaxPercentUnhealthyNodes: 100,
      MaxPercentUnhealthyApplications: 90,
      ApplicationTypeHealthPolicyMap: [{ Key: 'T1', Value: 20 }],
    },
    Context: { Map: { ReasonForStart: 'check' } },
    ChaosTargetFilter: { NodeTypeInclusionList: ['FrontEnd'], ApplicationInclusionList: ['fabric:/Shop'] },
  }
  expect(writeChaosParameters(readChaosParameters(wire))).toEqual(wire)
  expect(readChaosParameters({ Unknown: 1, ChaosTargetFilter: null })).toEqual(defaultChaosParameters)
})

it.each([
  {
    name: '100 pairs',
    map: Object.fromEntries(Array.from({ length: 100 }, (_, at) => [`k${at}`, 'v'])),
    isRead: true,
  },
  {
    name: '101 pairs',
    map: Object.fromEntries(Array.from({ length: 101 }, (_, at) => [`k${at}`, 'v'])),
    isRead: false,
  },
  { name: 'a value of 4095 characters', map: { k: 'x'.repeat(4095) }, isRead: true },
  { name: 'a value of 4096 characters', map: { k: 'x'.repeat(4096) }, isRead: false },
  { name: 'a key of 4096 characters', map: { ['x'.repeat(4096)]: 'v' }, isRead: false },
])('a context with $name', ({ map, isRead }) => {
  const read = (): unknown => readChaosParameters({ Context: { Map: map } })
  if (isRead) expect(read).not.toThrow()
  else expect(read).toThrow('Context')
})

const controlled = (key: string, value: string): Record<string, string> => ({ [reservedPrefix + key]: value })
const systemStore: ClusterDraft = {
  nodes: 6,
  services: [{ name: 'fabric:/System/Store', application: 'fabric:/System', on: [1, 2, 3, 4, 5] }],
}

it('faults system services only when a reserved key of the context says so', () => {
  const kinds = { kinds: { exclude: ['restart-node'] } }
  const faults = (context: Record<string, string>): number => {
    const parameters = { ...defaultChaosParameters, maxConcurrentFaults: 3, context }
    return planIteration(smallCluster(systemStore), { seed: 1, iteration: 1, parameters, options: kinds })
      .faults.length
  }
  expect(faults({})).toBe(0)
  expect(faults(controlled('Should_Fault_System_Services', 'true'))).toBeGreaterThan(0)
})

it('takes weights and ratios from reserved keys of the context', () => {
  const faults = (context: Record<string, string>): readonly string[] => {
    const parameters = { ...defaultChaosParameters, maxConcurrentFaults: 6, context }
    const snapshot = smallCluster({ nodes: 3 })
    return planIteration(snapshot, { seed: 1, iteration: 1, parameters }).faults.map(
      ({ fault }) => fault.kind,
    )
  }
  expect(faults({})).toEqual([])
  const bold = { ...controlled('MinLiveNodesRatio', '0.1'), ...controlled('ServiceFaultActionWeight', '0') }
  expect(faults(bold)).toEqual(['restart-node', 'restart-node'])
})

const day = (...on: number[]): boolean[] => Array.from({ length: 7 }, (_, at) => on.includes(at))
const minutes = (text: string): number => Number(text.slice(0, 2)) * 60 + Number(text.slice(3))
const job = (
  parameters: string,
  days: boolean[],
  ...times: [string, string][]
): ChaosSchedule['jobs'][number] => ({
  parameters,
  days,
  times: times.map(([start, end]) => ({ start: minutes(start), end: minutes(end) })),
})
const scheduleOf = (...jobs: ChaosSchedule['jobs']): ChaosSchedule => ({ ...emptySchedule, jobs })

it('makes one occurrence of every minute of the week, which lasts until the schedule expires', () => {
  const schedule = scheduleOf(job('k', day(0, 1, 2, 3, 4, 5, 6), ['00:00', '23:59']))
  expect(occurrencesOf(schedule)).toHaveLength(1)
  expect(windowAt(schedule, Date.UTC(2026, 0, 7, 23, 59, 30))?.endMs).toBe(schedule.expiryMs)
})

it('joins what touches with the same parameters, also over midnight and over the weekend', () => {
  const monday = job('k', day(1), ['22:00', '23:59'])
  expect(occurrencesOf(scheduleOf(monday, job('k', day(2), ['00:00', '02:00'])))).toEqual([
    { start: 2760, end: 3000, key: 'k' },
  ])
  expect(occurrencesOf(scheduleOf(monday, job('other', day(2), ['00:00', '02:00'])))).toHaveLength(2)
  const weekend = scheduleOf(job('k', day(6), ['23:00', '23:59']), job('k', day(0), ['00:00', '01:00']))
  expect(occurrencesOf(weekend)).toEqual([{ start: 10_020, end: 10_140, key: 'k' }])
  const early = windowAt(weekend, Date.UTC(2026, 0, 4, 0, 30))
  expect(early).toMatchObject({ startMs: Date.UTC(2026, 0, 3, 23), endMs: Date.UTC(2026, 0, 4, 1) })
})
