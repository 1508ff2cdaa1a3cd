import type { Fault } from '@squall/contract'
import { expect, it } from 'vitest'
import {
  defaultChaosParameters,
  experimentOfFaults,
  explainEntity,
  explainIteration,
  type IterationRecord,
  type PlanRequest,
  planIteration,
  readdressFault,
  replayIterations,
  shrinkFaults,
} from '../src/index.ts'
import { smallCluster } from './small-cluster.ts'

const parameters = { ...defaultChaosParameters, maxConcurrentFaults: 3 }
const snapshot = smallCluster({
  nodes: 12,
  services: [
    { name: 'fabric:/App/Cart', on: [1, 2, 3, 4, 5] },
    { name: 'fabric:/App/Till', on: [6, 7], target: 2 },
  ],
})
const requestOf = (iteration: number): PlanRequest => ({ seed: 7, iteration, parameters })
const recordOf = (iteration: number): IterationRecord => ({
  request: requestOf(iteration),
  snapshot,
  plan: planIteration(snapshot, requestOf(iteration)),
})

const restart = (node: number): Fault => ({ kind: 'restart-node', node: `N0${node}`, instanceId: '1' })

it('chooses recorded iterations again, also from JSON', () => {
  const records = [1, 2, 3, 4, 5].map(recordOf)
  const read = JSON.parse(JSON.stringify(records)) as IterationRecord[]
  expect(replayIterations(read).map(({ isSame }) => isSame)).toEqual([true, true, true, true, true])
  expect(replayIterations(read, { seed: 8 }).some(({ isSame }) => !isSame)).toBe(true)
})

it('shrinks a failing sequence to the faults that the failure needs, in their order', async () => {
  const faults = Array.from({ length: 40 }, (_, at) => restart(at))
  const needs = [faults[3], faults[17], faults[18]]
  let replays = 0
  const shrunk = await shrinkFaults(faults, async (some) => {
    replays++
    return needs.every((fault) => fault && some.includes(fault))
  })
  expect(shrunk).toEqual({ faults: needs, replays, isSmallest: true, failed: true })
  expect(replays).toBeLessThan(60)
})

it.each([
  { name: 'a failure that needs no fault', needs: 0, left: 0 },
  { name: 'one that needs the first', needs: 1, left: 1 },
  { name: 'one that needs all', needs: 9, left: 9 },
])('shrinks $name', async ({ needs, left }) => {
  const faults = Array.from({ length: 9 }, (_, at) => restart(at))
  const shrunk = await shrinkFaults(faults, async (some) =>
    faults.slice(0, needs).every((each) => some.includes(each)),
  )
  expect(shrunk.faults).toHaveLength(left)
  expect(shrunk.isSmallest).toBe(true)
})

it('says so when a sequence does not fail again, or the replays are used up', async () => {
  const faults = [restart(1), restart(2), restart(3), restart(4)]
  expect(await shrinkFaults(faults, async () => false)).toMatchObject({ failed: false, faults })
  const few = await shrinkFaults(faults, async (some) => some.includes(faults[3] as Fault), {
    mostReplays: 2,
  })
  expect(few).toMatchObject({ failed: true, isSmallest: false, replays: 2 })
})

it('writes a sequence as an ordinary experiment', () => {
  const experiment = experimentOfFaults([restart(1)], { target: 'simulated', seed: 42 })
  expect(experiment).toEqual({
    title: '1 fault that continuous chaos found',
    description: 'Found by squall with seed 42.',
    tags: ['chaos', 'seed:42'],
    method: [
      {
        type: 'action',
        name: '1. ActionType: NodeRestart, NodeName: N01, NodeInstanceId: 1',
        provider: {
          type: 'chaos',
          func: 'inject_fault',
          arguments: { target: 'simulated', fault: { kind: 'restart-node', node: 'N01' } },
        },
      },
    ],
    rollbacks: [],
  })
})

it('addresses a written fault to what is there now', () => {
  expect(readdressFault({ kind: 'restart-node', node: 'N03' } as never, snapshot)).toEqual({
    kind: 'restart-node',
    node: 'N03',
    instanceId: '3',
  })
  expect(readdressFault({ ...restart(1), node: 'N99' } as Fault, snapshot)).toBeUndefined()
  const removal = {
    kind: 'remove-replica' as const,
    service: 'fabric:/App/Cart',
    partition: 'P-fabric:/App/Cart',
    replica: 'of another run',
    node: 'N02',
  }
  expect(readdressFault(removal, snapshot)).toEqual({ ...removal, replica: 'fabric:/App/Cart-2' })
})

it('explains why a fault may be chosen, and which predicate stands against another', () => {
  const about = (name: string, faults: readonly Fault[] = []): readonly string[] =>
    explainEntity(snapshot, requestOf(1), { name, faults }).map(
      ({ kind, isEligible, refusal }) =>
        `${kind}: ${isEligible ? 'yes' : `${refusal?.predicate} (${refusal?.section}): ${refusal?.reason}`}`,
    )
  expect(about('node N08')).toEqual(['restart-node: yes'])
  expect(about('node N06')).toMatchInlineSnapshot(`
    [
      "restart-node: no flag (5.2): Unsafe by S2 (partition P-fabric:/App/Till of fabric:/App/Till: 2 fault-ready of 2 needed, tolerance 0), Unsafe by S3 (partition P-fabric:/App/Till of fabric:/App/Till: 2 fault-ready of 2 needed, tolerance 0)",
    ]
  `)
  expect(about('replica fabric:/App/Cart-2')).toMatchInlineSnapshot(`
    [
      "restart-replica: yes",
      "remove-replica: yes",
      "move-primary: primary (4.5): it is stateful, in role ActiveSecondary",
      "move-secondary: yes",
      "move-instance: stateless (4.5): fabric:/App/Cart is stateful",
    ]
  `)
  expect(about('node N01', [restart(1)])).toMatchInlineSnapshot(`
    [
      "restart-node: node gate (4.4): 9 nodes are live, more than 9 are needed",
    ]
  `)
})

it('explains an iteration roll by roll and kind by kind', () => {
  const { rolls, kinds, plan } = explainIteration(snapshot, requestOf(3))
  expect(plan).toEqual(planIteration(snapshot, requestOf(3)))
  expect(rolls).toMatchInlineSnapshot(`
    [
      "Roll 1, node fault: ActionType: NodeRestart, NodeName: N05, NodeInstanceId: 5.",
      "Roll 2, service fault: ActionType: MoveSecondary, ServiceUri: fabric:/App/Cart, PartitionId: P-fabric:/App/Cart, NodeFrom: N02, NodeTo: N08, ForceMove: False.",
      "Roll 3, node fault: none, 10 trials: restart-node: node gate: 4 nodes are live, more than 9 are needed.",
    ]
  `)
  expect(
    kinds.map(
      ({ kind, eligible, refused }) =>
        `${kind}: ${eligible} yes, ${refused.map(({ predicate, count }) => `${count} no: ${predicate}`).join(', ')}`,
    ),
  ).toMatchInlineSnapshot(`
    [
      "restart-node: 10 yes, 2 no: no flag",
      "restart-code-package: 5 yes, 2 no: no flag",
      "restart-replica: 5 yes, 2 no: no flag",
      "remove-replica: 5 yes, 2 no: no flag",
      "move-primary: 1 yes, 5 no: primary, 1 no: no flag",
      "move-secondary: 4 yes, 2 no: active secondary, 1 no: no flag",
      "move-instance: 0 yes, 7 no: stateless",
    ]
  `)
})
