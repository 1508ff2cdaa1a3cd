import type { ClusterReplica, ClusterSnapshot, Fault } from '@squall/contract'
import { lawContext } from '@squall/testkit'
import { beforeEach, describe, expect, it } from 'vitest'
import { defaultTopology } from '../src/index.ts'
import { codePackageFault, restartOf, Stage } from './simulator-fixture.ts'

let stage: Stage
beforeEach(() => {
  stage = new Stage({ topology: { ...defaultTopology, kinds: ['pause-process'] } })
})

const ledger = 'fabric:/TestApp2/Ledger'

function replicasOf(snapshot: ClusterSnapshot, service: string): ClusterReplica[] {
  const ids = snapshot.partitions.filter((one) => one.service === service).map(({ id }) => id)
  return snapshot.replicas.filter(({ partition }) => ids.includes(partition))
}

function replicaWith(snapshot: ClusterSnapshot, role: string, service = ledger): ClusterReplica {
  const found = replicasOf(snapshot, service).find((one) => one.role === role)
  if (!found) throw new Error(`${service} has no ${role}.`)
  return found
}

function freeNode(snapshot: ClusterSnapshot, service = ledger): string {
  const taken = replicasOf(snapshot, service).map(({ node }) => node)
  const type = service === 'fabric:/TestApp1/Web' ? 'FrontEndType' : 'BackEndType'
  return snapshot.nodes.find((node) => node.type === type && !taken.includes(node.name))?.name ?? ''
}

const at = (replica: ClusterReplica, service = ledger) => ({
  service,
  partition: replica.partition,
  replica: replica.id,
})

describe('restart node', () => {
  it('takes what is on it down, fails over, and brings it back under a larger instance', async () => {
    const before = await stage.look()
    const primary = replicaWith(before, 'Primary')
    const working = stage.cluster.inject(restartOf(before, primary.node), lawContext())
    await stage.clock.advance(0)
    const during = await stage.look()
    expect(during.nodes.find(({ name }) => name === primary.node)).toMatchObject({
      isUp: false,
      health: 'Error',
    })
    expect(during.replicas.find(({ id }) => id === primary.id)).toMatchObject({
      status: 'Down',
      role: 'None',
    })
    expect(during.partitions.find(({ service }) => service === ledger)?.status).toBe('Reconfiguring')

    await stage.clock.advance(500)
    expect(replicaWith(await stage.look(), 'Primary').node).not.toBe(primary.node)

    await stage.clock.advance(7500)
    expect(await working).toEqual({ outcome: 'done' })
    const after = await stage.look()
    const node = (of: ClusterSnapshot) => of.nodes.find(({ name }) => name === primary.node)
    expect(BigInt(node(after)?.instanceId ?? 0)).toBeGreaterThan(BigInt(node(before)?.instanceId ?? 0))
    expect(after.replicas.find(({ id }) => id === primary.id)?.status).toBe('InBuild')

    await stage.clock.advance(5000)
    expect((await stage.look()).replicas.find(({ id }) => id === primary.id)).toMatchObject({
      status: 'Ready',
      role: 'ActiveSecondary',
    })
    expect(stage.cluster.violations()).toEqual([])
  })

  it('does not hit a node that has restarted since', async () => {
    const fault = restartOf(await stage.look(), 'BackEnd0')
    expect(await stage.inject(fault)).toEqual({ outcome: 'done' })
    expect(await stage.inject(fault)).toMatchObject({ outcome: 'wrong-state' })
    expect(await stage.inject({ ...fault, node: 'Nowhere' } as Fault)).toMatchObject({ outcome: 'gone' })
  })

  it('places what is not persisted elsewhere', async () => {
    const before = await stage.look()
    const session = replicaWith(before, 'ActiveSecondary', 'fabric:/TestApp2/Sessions')
    void stage.cluster.inject(restartOf(before, session.node), lawContext())
    await stage.clock.advance(0)
    expect((await stage.look()).replicas.some(({ id }) => id === session.id)).toBe(false)
    await stage.rest()
    expect(replicasOf(await stage.look(), 'fabric:/TestApp2/Sessions').map(({ status }) => status)).toEqual([
      'Ready',
      'Ready',
      'Ready',
    ])
  })
})

it('restarts a code package under a larger instance, and not twice by the same one', async () => {
  const before = await stage.look()
  const { node, id } = replicaWith(before, 'ActiveSecondary')
  const fault = codePackageFault(before, node, 'LedgerPkg')
  expect(await stage.inject(fault)).toEqual({ outcome: 'done' })
  const after = await stage.look()
  const instance = (of: ClusterSnapshot) =>
    BigInt((codePackageFault(of, node, 'LedgerPkg') as { instanceId: string }).instanceId)
  expect(instance(after)).toBeGreaterThan(instance(before))
  expect(after.replicas.find((one) => one.id === id)?.status).toBe('InBuild')
  expect(await stage.inject(fault)).toMatchObject({ outcome: 'gone' })
})

it('restarts a replica: same id, state kept', async () => {
  const before = await stage.look()
  const replica = replicaWith(before, 'Primary')
  const fault: Fault = { kind: 'restart-replica', ...at(replica), node: replica.node }
  expect(await stage.inject(fault)).toEqual({ outcome: 'done' })
  expect(await stage.inject(fault)).toMatchObject({ outcome: 'wrong-state' })
  await stage.rest()
  expect((await stage.look()).replicas.find(({ id }) => id === replica.id)?.status).toBe('Ready')
})

it('refuses to restart an instance of a stateless service', async () => {
  const replica = replicaWith(await stage.look(), 'None', 'fabric:/TestApp2/Api')
  const fault: Fault = {
    kind: 'restart-replica',
    ...at(replica, 'fabric:/TestApp2/Api'),
    node: replica.node,
  }
  expect(await stage.inject(fault)).toMatchObject({ outcome: 'wrong-state' })
})

it('removes a replica, and builds another one with a new id', async () => {
  const replica = replicaWith(await stage.look(), 'ActiveSecondary')
  expect(await stage.inject({ kind: 'remove-replica', ...at(replica), node: replica.node })).toEqual({
    outcome: 'done',
  })
  expect((await stage.look()).replicas.some(({ id }) => id === replica.id)).toBe(false)
  await stage.rest()
  expect(replicasOf(await stage.look(), ledger).map(({ status }) => status)).toEqual([
    'Ready',
    'Ready',
    'Ready',
  ])
})

describe('moves', () => {
  it('exchange the roles when the destination has a secondary', async () => {
    const before = await stage.look()
    const primary = replicaWith(before, 'Primary')
    const secondary = replicaWith(before, 'ActiveSecondary')
    const fault: Fault = {
      kind: 'move-primary',
      ...at(primary),
      from: primary.node,
      to: secondary.node,
      force: false,
    }
    expect(await stage.inject(fault)).toEqual({ outcome: 'done' })
    expect(replicaWith(await stage.look(), 'Primary').id).toBe(secondary.id)
    expect(await stage.inject(fault)).toMatchObject({ outcome: 'wrong-state' })
  })

  it.each([
    { kind: 'move-primary', role: 'Primary', service: ledger },
    { kind: 'move-secondary', role: 'ActiveSecondary', service: ledger },
    { kind: 'move-instance', role: 'None', service: 'fabric:/TestApp1/Web' },
  ] as const)('build on the destination before they leave: $kind', async ({ kind, role, service }) => {
    const before = await stage.look()
    const from = replicaWith(before, role, service)
    const to = freeNode(before, service)
    expect(await stage.inject({ kind, ...at(from, service), from: from.node, to, force: false })).toEqual({
      outcome: 'done',
    })
    const during = replicasOf(await stage.look(), service)
    expect(during).toHaveLength(4)
    expect(during.find(({ node }) => node === to)?.status).toBe('InBuild')
    await stage.rest()
    const after = replicasOf(await stage.look(), service)
    expect(after.map(({ node }) => node)).not.toContain(from.node)
    expect(after.find(({ node }) => node === to)).toMatchObject({ status: 'Ready', role })
    expect(stage.cluster.violations()).toEqual([])
  })

  it('are refused by a placement constraint', async () => {
    const from = replicaWith(await stage.look(), 'ActiveSecondary')
    const fault: Fault = {
      kind: 'move-secondary',
      ...at(from),
      from: from.node,
      to: 'FrontEnd0',
      force: false,
    }
    expect(await stage.inject(fault)).toEqual({
      outcome: 'constraint',
      reason: `${ledger} may not run on nodes of type FrontEndType.`,
    })
  })
})

it('freezes a process for a while, as a kind of its own', async () => {
  const before = await stage.look()
  const { node, id } = replicaWith(before, 'Primary')
  const fault = {
    ...codePackageFault(before, node, 'LedgerPkg'),
    kind: 'driver',
    name: 'pause-process',
    disturbs: 'code-package',
  } as Fault
  expect(stage.cluster.kinds.map(({ name }) => name)).toEqual(['pause-process'])
  const working = stage.cluster.inject(fault, lawContext())
  await stage.clock.advance(0)
  await stage.clock.advance(1000)
  const during = await stage.look()
  expect(during.replicas.find((one) => one.id === id)).toMatchObject({ status: 'Down' })
  expect(replicaWith(during, 'Primary').id).not.toBe(id)
  await stage.clock.advance(9000)
  expect(await working).toEqual({ outcome: 'done' })
  await stage.rest()
  expect((await stage.look()).replicas.find((one) => one.id === id)?.status).toBe('Ready')
})

describe('violations', () => {
  it('are seen when a quorum is gone, and the quorum comes back with the nodes', async () => {
    const nodes = replicasOf(await stage.look(), ledger).map(({ node }) => node)
    for (const name of nodes.slice(0, 2)) stage.cluster.stopNode(name)
    const seen = stage.cluster.violations().filter(({ service }) => service === ledger)
    expect(seen).toMatchObject([{ kind: 'quorum-loss', detail: '1 of 3 replicas are Ready' }])
    const status = async () =>
      (await stage.look()).partitions.find(({ service }) => service === ledger)?.status
    expect(await status()).toBe('InQuorumLoss')
    for (const name of nodes.slice(0, 2)) stage.cluster.startNode(name)
    await stage.rest()
    expect(await status()).toBe('Ready')
  })

  it('are seen when a majority of the state is removed for good', async () => {
    const [one, other] = replicasOf(await stage.look(), ledger)
    for (const replica of [one, other]) {
      if (!replica) continue
      void stage.cluster.inject({ kind: 'remove-replica', ...at(replica), node: replica.node }, lawContext())
      await stage.clock.advance(0)
    }
    expect(stage.cluster.violations().map(({ kind, detail }) => `${kind}: ${detail}`)).toEqual([
      'data-loss: 1 of 3 copies of its state are left',
      'quorum-loss: 1 of 3 replicas are Ready',
    ])
  })
})
