import { readFileSync, writeFileSync } from 'node:fs'
import type { DriverFaultKind, Fault } from '@squall/contract'
import { expect, it } from 'vitest'
import { defaultChaosParameters, faultText, type PlanRequest, planIteration } from '../src/index.ts'
import { threeServices } from './paper-cluster.ts'
import { smallCluster } from './small-cluster.ts'

// What seed 42 gives, pinned: a change of the planner cannot change it quietly. `REWRITE=1` writes it anew.

const file = new URL('golden/seed-42.txt', import.meta.url)
const snapshot = smallCluster({
  ...threeServices,
  nodes: Array.from({ length: 9 }, (_, at) => ({ isSeed: at < 3 })),
})
const parameters = { ...defaultChaosParameters, maxConcurrentFaults: 3 }

function request(iteration: number, change: Partial<PlanRequest> = {}): PlanRequest {
  return { seed: 42, iteration, parameters, ...change }
}

function faultsOf(iteration: number, change: Partial<PlanRequest> = {}): readonly Fault[] {
  return planIteration(snapshot, request(iteration, change)).faults.map(({ fault }) => fault)
}

const iterations = Array.from({ length: 1000 }, (_, at) => at + 1)

it('gives the same thousand iterations for seed 42 as ever', () => {
  const lines = iterations.flatMap((iteration) => {
    const { faults } = planIteration(snapshot, request(iteration))
    const texts = faults.map(({ fault, delayMs }) => `  ${delayMs} ms ${shortText(fault)}`)
    return [`${iteration}`, ...texts]
  })
  const text = `${lines.join('\n')}\n`
  if (process.env['REWRITE']) writeFileSync(file, text)
  else expect(text).toBe(readFileSync(file, 'utf8'))
})

it('uses all seven kinds, none of them seldom', () => {
  const counts = new Map<string, number>()
  for (const fault of iterations.flatMap((iteration) => faultsOf(iteration)))
    counts.set(fault.kind, (counts.get(fault.kind) ?? 0) + 1)
  expect([...counts.keys()].sort()).toEqual([
    'move-instance',
    'move-primary',
    'move-secondary',
    'remove-replica',
    'restart-code-package',
    'restart-node',
    'restart-replica',
  ])
  expect(Math.min(...counts.values())).toBeGreaterThan(100)
})

it('chooses from a snapshot whatever the order of its lists', () => {
  const shuffled = {
    ...snapshot,
    nodes: snapshot.nodes.toReversed(),
    services: snapshot.services.toReversed(),
    partitions: snapshot.partitions.toReversed(),
    replicas: snapshot.replicas.toReversed(),
    codePackages: snapshot.codePackages.toReversed(),
  }
  for (const iteration of iterations.slice(0, 100))
    expect(planIteration(shuffled, request(iteration))).toEqual(planIteration(snapshot, request(iteration)))
})

it('chooses an iteration without regard to those before it', () => {
  const alone = faultsOf(57)
  for (const iteration of iterations.slice(0, 56)) faultsOf(iteration)
  expect(faultsOf(57)).toEqual(alone)
})

const pause: DriverFaultKind = {
  name: 'pause-process',
  summary: 'stops it',
  disturbs: 'code-package',
  weight: 50,
}

it('leaves the choice among the seven as it is when a driver brings a kind', () => {
  let taken = 0
  for (const iteration of iterations) {
    const without = faultsOf(iteration)
    const all = faultsOf(iteration, { offer: { kinds: [pause] } })
    const seven = all.filter(({ kind }) => kind !== 'driver')
    expect(without).toEqual(expect.arrayContaining([...seven]))
    expect(seven).toEqual(without.filter((fault) => seven.some((other) => isSame(fault, other))))
    expect(all.length).toBeLessThanOrEqual(3)
    taken += all.length - seven.length
  }
  expect(taken).toBeGreaterThan(500)
})

it('gives exactly the same faults when a driver brings a kind of no weight', () => {
  for (const iteration of iterations)
    expect(faultsOf(iteration, { offer: { kinds: [{ ...pause, weight: 0 }] } })).toEqual(faultsOf(iteration))
})

it.each([
  {
    name: 'include',
    kinds: { include: ['restart-node', 'move-instance'] },
    left: ['move-instance', 'restart-node'],
  },
  { name: 'exclude', kinds: { exclude: ['restart-node', 'move-primary'] }, left: undefined },
  { name: 'weights', kinds: { weights: { 'restart-node': 0, 'restart-replica': 0 } }, left: undefined },
])('chooses among the kinds that $name leaves', ({ kinds, left }) => {
  const faults = iterations.slice(0, 300).flatMap((iteration) => faultsOf(iteration, { options: { kinds } }))
  const found = new Set(faults.map(({ kind }) => kind))
  if (left) expect([...found].sort()).toEqual(left)
  const without = 'exclude' in kinds ? (kinds.exclude ?? []) : Object.keys(kinds.weights ?? {})
  for (const kind of without) expect(found).not.toContain(kind)
  expect(found.size).toBeGreaterThan(1)
})

function isSame(one: Fault, other: Fault): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

function shortText(fault: Fault): string {
  return faultText(fault).replace(/ActionType: |ServiceUri: |PartitionId: [^,]+, |ForceMove: /g, '')
}
