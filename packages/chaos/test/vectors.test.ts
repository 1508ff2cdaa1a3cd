import type { Fault } from '@squall/contract'
import { expect, it } from 'vitest'
import { type ChaosParameters, defaultChaosParameters } from '../src/parameters/chaos-parameters.ts'
import { diceOf } from '../src/plan/dice.ts'
import { toleranceOf } from '../src/plan/entries.ts'
import { markedView } from '../src/plan/marked-view.ts'
import { gatesOf, shareOf } from '../src/plan/node-gate.ts'
import { planIteration } from '../src/plan/plan-iteration.ts'
import { roll } from '../src/plan/roll.ts'
import { type ClusterDraft, type ServiceDraft, smallCluster } from './small-cluster.ts'

// The test vectors of service-fabric-chaos 13 that concern the choice of faults.

const nodeKinds = { kinds: { include: ['restart-node'] } }
const many = (count: number): ChaosParameters => ({ ...defaultChaosParameters, maxConcurrentFaults: count })

function faultsOf(
  draft: ClusterDraft,
  request: Partial<Parameters<typeof planIteration>[1]> & { readonly iteration: number },
): readonly Fault[] {
  const plan = planIteration(smallCluster(draft), { seed: 42, parameters: many(5), ...request })
  return plan.faults.map(({ fault }) => fault)
}

const rolled = (u: number): { next(): number } => ({ next: () => u })

it.each([
  { u: 0, category: 'node' },
  { u: 0.3999, category: 'node' },
  { u: 0.4, category: 'service' },
  { u: 0.9999, category: 'service' },
])('the category die gives $category at $u', ({ u, category }) => {
  expect(roll(diceOf(defaultChaosParameters, {}, {}).category, rolled(u))).toBe(category)
})

it.each([
  { u: 0.1999, kind: 'restart-replica' },
  { u: 0.2, kind: 'remove-replica' },
  { u: 0.5, kind: 'restart-code-package' },
  { u: 0.7, kind: 'move-primary' },
  { u: 0.95, kind: 'move-secondary' },
])('the service die without move instance gives $kind at $u', ({ u, kind }) => {
  const dice = diceOf(defaultChaosParameters, { kinds: { exclude: ['move-instance'] } }, {})
  expect(roll(dice.service, rolled(u))).toBe(kind)
})

it('leaves three service faces, a third each, without moves', () => {
  const dice = diceOf({ ...defaultChaosParameters, enableMoveReplicaFaults: false }, {}, {})
  expect(dice.service.filter(({ weight }) => weight > 0).map(({ name }) => name)).toEqual([
    'restart-replica',
    'remove-replica',
    'restart-code-package',
  ])
})

it.each<{ name: string; service: Partial<ServiceDraft>; draft?: Partial<ClusterDraft>; tolerance: number }>([
  { name: 'one in build', service: { on: [1, 2, 3, 4, 5], statuses: { 5: 'InBuild' } }, tolerance: 1 },
  { name: 'upgrading', service: { on: [1, 2, 3] }, draft: { upgrading: ['fabric:/App'] }, tolerance: -2 },
  { name: 'stateless', service: { on: [1, 2], kind: 'stateless' }, tolerance: 2 },
])('tolerance: $name gives $tolerance', ({ service, draft, tolerance }) => {
  const snapshot = smallCluster({ nodes: 6, services: [{ name: 'S', on: [], ...service }], ...draft })
  const request = { seed: 1, iteration: 1, parameters: many(1), without: new Set(['S3'] as const) }
  const view = markedView(snapshot, request)
  expect(view.partitions.map(toleranceOf)).toEqual([tolerance])
})

it('makes everything of an upgrading partition unsafe', () => {
  const snapshot = smallCluster({
    nodes: 4,
    services: [{ name: 'S', on: [1, 2, 3] }],
    upgrading: ['fabric:/App'],
  })
  const view = markedView(snapshot, { seed: 1, iteration: 1, parameters: many(1) })
  expect([...view.replicas, ...view.codePackages].every(({ flags }) => flags === 4)).toBe(true)
  expect(view.nodes.map(({ flags }) => flags)).toEqual([4, 4, 4, 0])
})

it('leaves a partition alone of which the filter includes two of three replicas', () => {
  const nodes = [{ type: 'A' }, { type: 'A' }, { type: 'B' }]
  const parameters = { ...many(5), targetFilter: { nodeTypes: ['A'], applications: [] } }
  for (let iteration = 1; iteration <= 50; iteration++)
    expect(faultsOf({ nodes, services: [{ name: 'S', on: [1, 2, 3] }] }, { iteration, parameters })).toEqual(
      [],
    )
})

it('disturbs at most two replicas of a partition of five', () => {
  const draft = { nodes: 12, services: [{ name: 'S', on: [1, 2, 3, 4, 5] }] }
  const options = { kinds: { include: ['restart-replica', 'remove-replica'] } }
  const counts = Array.from({ length: 50 }, (_, at) => faultsOf(draft, { iteration: at + 1, options }).length)
  expect(new Set(counts)).toEqual(new Set([2]))
})

it.each([
  { target: 5, on: [1, 2, 3, 4, 5], nodes: 5 },
  { target: 3, on: [1, 2, 3], nodes: 3 },
])('a primary moved onto a secondary at target $target uses the partition up', ({ on, nodes }) => {
  const draft = { nodes, services: [{ name: 'S', on }] }
  const options = { kinds: { weights: { 'move-primary': 1e9, 'node-faults': 0 } } }
  for (let iteration = 1; iteration <= 20; iteration++) {
    const faults = faultsOf(draft, { iteration, options })
    expect(faults.map(({ kind }) => kind)).toEqual(['move-primary'])
  }
})

it.each([
  { nodes: 3, most: 0 },
  { nodes: 4, most: 1 },
  { nodes: 5, most: 1 },
  { nodes: 6, most: 1 },
  { nodes: 7, most: 2 },
  { nodes: 10, most: 2 },
])('restarts at most $most of $nodes nodes', ({ nodes, most }) => {
  const faults = faultsOf({ nodes }, { iteration: 1, options: nodeKinds })
  expect(faults).toHaveLength(most)
})

it.each([
  { nodes: 3, needed: 3 },
  { nodes: 4, needed: 3 },
  { nodes: 5, needed: 4 },
  { nodes: 6, needed: 5 },
  { nodes: 7, needed: 5 },
  { nodes: 10, needed: 8 },
  { nodes: 100, needed: 71 },
])('the gate of $nodes nodes needs more than $needed live', ({ nodes, needed }) => {
  expect(shareOf(nodes, 0.71)).toBe(needed)
})

it.each([
  { seeds: 1, needed: 1, most: 0 },
  { seeds: 3, needed: 2, most: 1 },
  { seeds: 5, needed: 3, most: 2 },
  { seeds: 7, needed: 4, most: 3 },
])('of $seeds seeds at most $most are restarted', ({ seeds, needed, most }) => {
  expect(shareOf(seeds, 0.51)).toBe(needed)
  const nodes = Array.from({ length: 40 }, (_, at) => ({ isSeed: at < seeds }))
  for (let iteration = 1; iteration <= 30; iteration++) {
    const faults = faultsOf({ nodes }, { iteration, options: nodeKinds, parameters: many(40) })
    const restarted = faults.filter(
      (fault) => fault.kind === 'restart-node' && Number(fault.instanceId) <= seeds,
    )
    expect(restarted.length).toBeLessThanOrEqual(most)
  }
})

it('counts excluded nodes as live at the node gate', () => {
  const nodes = Array.from({ length: 11 }, (_, at) => ({ type: at < 3 ? 'A' : 'B' }))
  const parameters = { ...many(1), targetFilter: { nodeTypes: ['A'], applications: [] } }
  const view = markedView(smallCluster({ nodes }), { seed: 1, iteration: 1, parameters })
  expect(gatesOf(view, { nodes: 0.71, seeds: 0.51 }).all).toEqual({ live: 11, needed: 8, isOpen: true })
  expect(faultsOf({ nodes }, { iteration: 1, parameters, options: nodeKinds })).toHaveLength(1)
})

it('restarts a node of five only as the first fault of an iteration', () => {
  const draft = { nodes: 5, services: [{ name: 'S', on: [1, 2, 3, 4, 5] }] }
  for (let iteration = 1; iteration <= 100; iteration++) {
    const kinds = faultsOf(draft, { iteration }).map(({ kind }) => kind)
    expect(kinds.lastIndexOf('restart-node')).toBeLessThanOrEqual(0)
  }
})
