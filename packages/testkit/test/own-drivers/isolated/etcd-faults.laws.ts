import { rm } from 'node:fs/promises'
import path from 'node:path'
import type { Cluster, ClusterReplica, ClusterSnapshot, Fault, ReplicaRole } from '@squall/contract'
import driver, { type EtcdCluster, startEtcdCluster } from '@squall/driver-etcd'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { lawContext, playUndos, snapshotFlaws, UndoRecorder } from '../../../src/index.ts'

let etcd: EtcdCluster
let cluster: Cluster
beforeAll(async () => {
  etcd = await startEtcdCluster({ size: 5, spares: 1, rebootMs: 1000 })
  cluster = await driver.clusters.etcd.connect({ cluster: etcd.file }, { ...lawContext(), environment: {} })
})
afterAll(async () => {
  await cluster.close?.()
  await etcd.stop()
})
afterEach(async () => {
  const snapshot = await whole()
  expect(snapshotFlaws(snapshot)).toEqual([])
})

const look = (): Promise<ClusterSnapshot> => cluster.snapshot(lawContext())

/** Five members that all take part, and not the sixth. */
async function whole(): Promise<ClusterSnapshot> {
  const { clock } = lawContext()
  for (const deadline = clock.monotonic() + 60_000; ; await clock.sleep(100)) {
    const snapshot = await look()
    const ready = snapshot.replicas.filter(({ status }) => status === 'Ready').length
    if (ready === 5 && snapshot.replicas.length === 5 && snapshot.partitions[0]?.health === 'Ok')
      return snapshot
    if (clock.monotonic() > deadline) throw new Error(`Not whole: ${JSON.stringify(snapshot.replicas)}`)
  }
}

function replicaWith({ replicas }: ClusterSnapshot, role: ReplicaRole): ClusterReplica {
  const found = replicas.find((one) => one.role === role)
  if (!found) throw new Error(`No member is ${role}.`)
  return found
}

const about = ({ partition, id }: ClusterReplica) => ({
  service: 'fabric:/etcd/Store',
  partition,
  replica: id,
})

function spareOf({ nodes, replicas }: ClusterSnapshot): string {
  return nodes.find(({ name }) => replicas.every(({ node }) => node !== name))?.name ?? ''
}

function restartOf({ nodes }: ClusterSnapshot, name: string): Fault {
  return {
    kind: 'restart-node',
    node: name,
    instanceId: nodes.find((one) => one.name === name)?.instanceId ?? '',
  }
}

function packageOn({ codePackages }: ClusterSnapshot, node: string) {
  const found = codePackages.find((one) => one.node === node)
  if (!found) throw new Error(`Nothing runs on ${node}.`)
  const { application, serviceManifest, activationId, name, instanceId } = found
  return { node, application, serviceManifest, activationId, codePackage: name, instanceId }
}

/** Tries again while etcd says "not now": it wants its members connected for some seconds. */
async function injectInTime(make: (snapshot: ClusterSnapshot) => Fault) {
  const { clock } = lawContext()
  for (const deadline = clock.monotonic() + 40_000; ; await clock.sleep(1000)) {
    const answer = await cluster.inject(make(await whole()), lawContext())
    if (answer.outcome !== 'not-now' || clock.monotonic() > deadline) return answer
  }
}

// Real members: some of it takes ten seconds, on a busy machine longer.
vi.setConfig({ testTimeout: 90_000 })

it('is seen as hosts, one partition and its members', async () => {
  const snapshot = await whole()
  expect(snapshot.nodes.map(({ name, isSeed }) => `${name} ${isSeed}`)).toEqual([
    ...[1, 2, 3, 4, 5].map((n) => `host${n} true`),
    'host6 false',
  ])
  expect(snapshot.partitions).toMatchObject([{ targetSize: 5, minSize: 3, status: 'Ready', health: 'Ok' }])
  expect(snapshot.replicas.map(({ role }) => role).sort()).toEqual([
    ...Array.from({ length: 4 }, () => 'ActiveSecondary'),
    'Primary',
  ])
  expect(await cluster.upgrading(lawContext())).toBeUndefined()
})

it('restarts the host of the leader: another one leads, and the host has a larger instance', async () => {
  const before = await whole()
  const { node } = replicaWith(before, 'Primary')
  const fault = restartOf(before, node)
  expect(await cluster.inject(fault, lawContext())).toEqual({ outcome: 'done' })
  const after = await look()
  expect(replicaWith(after, 'Primary').node).not.toBe(node)
  expect(after.nodes.find(({ name }) => name === node)?.instanceId).toBe('2')
  expect(await cluster.inject(fault, lawContext())).toMatchObject({ outcome: 'wrong-state' })
})

it('kills the process of one instance, and never a later one', async () => {
  const before = await whole()
  const { node } = replicaWith(before, 'ActiveSecondary')
  const fault: Fault = { kind: 'restart-code-package', ...packageOn(before, node) }
  expect(await cluster.inject(fault, lawContext())).toEqual({ outcome: 'done' })
  const after = packageOn(await whole(), node).instanceId
  expect(ticksOf(after)).toBeGreaterThan(ticksOf(packageOn(before, node).instanceId))
  expect(await cluster.inject(fault, lawContext())).toMatchObject({ outcome: 'gone' })
})

it('restarts a member: same id', async () => {
  const before = await whole()
  const replica = replicaWith(before, 'ActiveSecondary')
  const fault: Fault = { kind: 'restart-replica', ...about(replica), node: replica.node }
  expect(await cluster.inject(fault, lawContext())).toEqual({ outcome: 'done' })
  expect((await whole()).replicas.find(({ node }) => node === replica.node)?.id).toBe(replica.id)
})

it('answers "not now" in etcd\'s words when members have not been connected for long', async () => {
  const before = await whole()
  await cluster.inject(restartOf(before, 'host1'), lawContext())
  const replica = replicaWith(await whole(), 'ActiveSecondary')
  const fault: Fault = { kind: 'remove-replica', ...about(replica), node: replica.node }
  const answer = await cluster.inject(fault, lawContext())
  // A machine that was busy for five seconds gives etcd the time it wants.
  expect([
    { outcome: 'not-now', reason: expect.stringContaining('unhealthy cluster') },
    { outcome: 'done' },
  ]).toContainEqual(answer)
})

it('removes a member with its data and adds a new one, with another id and all the keys', async () => {
  const key = { key: 'kept', cluster: etcd.file }
  await driver.activities.put.run({ ...key, value: 'yes' }, lawContext())
  let removed = ''
  const answer = await injectInTime((snapshot) => {
    const replica = replicaWith(snapshot, 'ActiveSecondary')
    removed = replica.id
    return { kind: 'remove-replica', ...about(replica), node: replica.node }
  })
  expect(answer).toEqual({ outcome: 'done' })
  expect((await whole()).replicas.some(({ id }) => id === removed)).toBe(false)
  expect(await driver.activities.get.run(key, lawContext())).toBe('yes')
})

it('hands the leadership to a follower', async () => {
  const before = await whole()
  const [from, to] = [replicaWith(before, 'Primary'), replicaWith(before, 'ActiveSecondary')]
  const fault: Fault = { kind: 'move-primary', ...about(from), from: from.node, to: to.node, force: false }
  expect(await cluster.inject(fault, lawContext())).toEqual({ outcome: 'done' })
  expect(replicaWith(await whole(), 'Primary').id).toBe(to.id)
})

it.each(['move-primary', 'move-secondary'] as const)(
  'builds on the spare host before it leaves: %s',
  async (kind) => {
    const role = kind === 'move-primary' ? 'Primary' : 'ActiveSecondary'
    let move = { from: '', to: '' }
    const answer = await injectInTime((snapshot) => {
      const from = replicaWith(snapshot, role)
      move = { from: from.node, to: spareOf(snapshot) }
      return { kind, ...about(from), ...move, force: false }
    })
    expect(answer).toEqual({ outcome: 'done' })
    const after = await whole()
    expect(spareOf(after)).toBe(move.from)
    if (kind === 'move-primary') expect(replicaWith(after, 'Primary').node).toBe(move.to)
  },
)

it('freezes a process for three seconds, as a kind of its own', async () => {
  const before = await whole()
  const { node } = replicaWith(before, 'Primary')
  const fault: Fault = {
    kind: 'driver',
    name: 'pause-process',
    disturbs: 'code-package',
    ...packageOn(before, node),
  }
  expect(await cluster.inject(fault, lawContext())).toEqual({ outcome: 'done' })
})

describe('what an interruption left is undone from the record alone', () => {
  const interrupt = async (make: (snapshot: ClusterSnapshot) => Fault, afterMs: number) => {
    const undos = new UndoRecorder()
    const stop = new AbortController()
    const working = cluster.inject(make(await whole()), lawContext({ signal: stop.signal, undos }))
    await lawContext().clock.sleep(afterMs)
    stop.abort()
    return { answer: await working, undos }
  }

  it('a host that is down', async () => {
    const { answer, undos } = await interrupt(
      (snapshot) => restartOf(snapshot, hostOfFollower(snapshot)),
      500,
    )
    expect(answer.outcome).toBe('transient')
    expect((await look()).nodes.filter(({ isUp }) => !isUp)).toHaveLength(1)
    expect(await playUndos(driver, undos.records, lawContext())).toEqual(['undone'])
    await whole()
    expect(await playUndos(driver, undos.records, lawContext())).toEqual(['not needed'])
  })

  it.each([20, 150, 400])('a removal, %i ms after it began', async (afterMs) => {
    await lawContext().clock.sleep(6000)
    const { undos } = await interrupt((snapshot) => {
      const replica = replicaWith(snapshot, 'ActiveSecondary')
      return { kind: 'remove-replica', ...about(replica), node: replica.node }
    }, afterMs)
    await playUndos(driver, undos.records, lawContext())
    await whole()
  })
})

it('ends with its cluster a member whose starter was killed before it wrote its pid down', async () => {
  const other = await startEtcdCluster({ size: 1, spares: 0, basePort: 25_790 })
  const health = () => fetch('http://127.0.0.1:25790/health').then(({ status }) => status)
  try {
    expect(await health()).toBe(200)
    await rm(path.join(other.directory, 'host1', 'pid.json'))
    await other.stop()
    await expect(health()).rejects.toThrow()
  } finally {
    await other.stop()
  }
})

/** An instance is named after the start of its process: ticks, and the boot they count from. */
function ticksOf(instanceId: string): number {
  return Number(instanceId.split('@')[0])
}

function hostOfFollower(snapshot: ClusterSnapshot): string {
  return replicaWith(snapshot, 'ActiveSecondary').node
}
