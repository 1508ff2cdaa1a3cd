import type { ClusterSnapshot, Fault } from '@squall/contract'
import { lawContext, snapshotFlaws } from '@squall/testkit'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { defaultTopology } from '../src/index.ts'
import { codePackageFault, Stage } from './simulator-fixture.ts'

// What comes is chosen by numbers, so that a failing sequence shrinks.
const step = fc.record({
  kind: fc.constantFrom(
    'restart-node' as const,
    'restart-code-package' as const,
    'pause-process' as const,
    'restart-replica' as const,
    'remove-replica' as const,
    'move-primary' as const,
    'move-secondary' as const,
    'move-instance' as const,
  ),
  which: fc.nat(1000),
  where: fc.nat(1000),
  wait: fc.constantFrom(0, 100, 1000, 10_000),
})
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never

const topology = { ...defaultTopology, kinds: ['pause-process' as const] }

it('keeps its snapshots sound through any sequence of faults, and comes to rest whole or in quorum loss', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      const stage = new Stage({ topology })
      for (const one of steps) {
        const working = stage.cluster.inject(faultOf(await stage.look(), one), lawContext())
        await stage.clock.advance(one.wait)
        expect(snapshotFlaws(await stage.look())).toEqual([])
        // Several are underway together.
        working.catch(() => {})
      }
      await stage.rest()
      const { partitions, replicas, nodes } = await stage.look()
      expect(nodes.every(({ isUp }) => isUp)).toBe(true)
      for (const { id, status, targetSize } of partitions.filter(({ status }) => status !== 'InQuorumLoss')) {
        const ready = replicas.filter((one) => one.partition === id && one.status === 'Ready')
        expect({ id, status, ready: ready.length }).toEqual({ id, status: 'Ready', ready: targetSize })
      }
    }),
    { numRuns: 150, seed: 20261129 },
  )
})

it('is the same cluster with the same seed and the same times', async () => {
  const play = async (steps: readonly Step[]): Promise<ClusterSnapshot> => {
    const stage = new Stage({ topology, seed: 'equal' })
    for (const one of steps) {
      void stage.cluster.inject(faultOf(await stage.look(), one), lawContext())
      await stage.clock.advance(one.wait)
    }
    return stage.look()
  }
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 20 }), async (steps) => {
      expect(await play(steps)).toEqual(await play(steps))
    }),
    { numRuns: 30, seed: 7 },
  )
})

function faultOf(snapshot: ClusterSnapshot, { kind, which, where }: Step): Fault {
  const node = at(snapshot.nodes, which)
  if (kind === 'restart-node') return { kind, node: node.name, instanceId: node.instanceId }
  const codePackage = at(snapshot.codePackages, which)
  const restart = codePackageFault(snapshot, codePackage.node, codePackage.serviceManifest)
  if (kind === 'restart-code-package') return restart
  if (kind === 'pause-process') {
    return { ...restart, kind: 'driver', name: kind, disturbs: 'code-package' } as Fault
  }
  const replica = at(snapshot.replicas, which)
  const service = snapshot.partitions.find(({ id }) => id === replica.partition)?.service ?? ''
  const common = { service, partition: replica.partition, replica: replica.id }
  if (kind === 'restart-replica' || kind === 'remove-replica') return { kind, ...common, node: replica.node }
  return { kind, ...common, from: replica.node, to: at(snapshot.nodes, where).name, force: false }
}

function at<Item>(list: readonly Item[], number: number): Item {
  return list[number % list.length] as Item
}
