import { rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Cluster, ClusterSnapshot, Fault } from '@squall/contract'
import driver from '@squall/driver-lab'
import { type Lab, startLab } from '@squall/lab'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { lawContext, playUndos, snapshotFlaws, UndoRecorder } from '../../../src/index.ts'
import { newFolder } from '../folder.ts'

let lab: Lab
let remove: () => Promise<void>
let cluster: Cluster
const connect = () =>
  driver.clusters.lab.connect(
    { directory: lab.directory, rebootMs: 500 },
    { ...lawContext(), environment: {} },
  )
beforeAll(async () => {
  const place = await newFolder()
  remove = place.remove
  process.env['XDG_STATE_HOME'] = path.join(place.folder, 'state')
  lab = await startLab({ directory: path.join(place.folder, 'lab'), instances: 2, hosts: 4 })
  cluster = await connect()
})
afterAll(async () => {
  await lab.stop()
  await remove()
})
afterEach(async () => {
  const snapshot = await look()
  expect(snapshotFlaws(snapshot)).toEqual([])
  expect(places(snapshot)).toHaveLength(4)
  expect((await fetch(`${lab.url}/showData`)).status).toBe(200)
})

const look = (): Promise<ClusterSnapshot> => cluster.snapshot(lawContext())

/** `DataSource on host1` for each instance that answers. */
function places({ replicas, partitions }: ClusterSnapshot): string[] {
  return replicas
    .filter(({ status }) => status === 'Ready')
    .map(({ node, partition }) => `${applicationOf({ partitions }, partition)} on ${node}`)
    .sort()
}

function applicationOf({ partitions }: Pick<ClusterSnapshot, 'partitions'>, id: string): string {
  return partitions.find((one) => one.id === id)?.service.split('/')[1] ?? ''
}

const restartOf = ({ nodes }: ClusterSnapshot, name = 'host1'): Fault => ({
  kind: 'restart-node',
  node: name,
  instanceId: nodes.find((one) => one.name === name)?.instanceId ?? '',
})

function firstReplica({ replicas, partitions }: ClusterSnapshot) {
  const [found] = replicas
  if (!found) throw new Error('The lab has no instance.')
  const service = partitions.find(({ id }) => id === found.partition)?.service ?? ''
  return { service, partition: found.partition, replica: found.id, node: found.node }
}

it('is seen as hosts with the instances of two services', async () => {
  const snapshot = await look()
  expect(snapshot.nodes.map(({ name, isSeed }) => `${name} ${isSeed}`)).toEqual(
    [1, 2, 3, 4].map((n) => `host${n} false`),
  )
  expect(snapshot.applications.map(({ name, health }) => `${name} ${health}`)).toEqual([
    'fabric:/DataSource Ok',
    'fabric:/ShowData Ok',
  ])
  expect(places(snapshot)).toEqual([
    'DataSource on host1',
    'DataSource on host2',
    'ShowData on host1',
    'ShowData on host2',
  ])
})

it('restarts a host: everything on it under a larger instance', async () => {
  const before = await look()
  const fault = restartOf(before)
  expect(await cluster.inject(fault, lawContext())).toEqual({ outcome: 'done' })
  const after = await look()
  expect(after.nodes[0]?.instanceId).toBe('2')
  expect(places(after)).toEqual(places(before))
  const ids = (snapshot: ClusterSnapshot) => snapshot.replicas.map(({ id }) => id)
  expect(ids(after).filter((id) => ids(before).includes(id))).toHaveLength(2)
  expect(await cluster.inject(fault, lawContext())).toMatchObject({ outcome: 'wrong-state' })
})

it('restarts one program, and never a later instance of it', async () => {
  const before = await look()
  const [found] = before.codePackages
  if (!found) throw new Error('Nothing runs.')
  const { node, application, serviceManifest, activationId, name, instanceId } = found
  const fault: Fault = {
    kind: 'restart-code-package',
    ...{ node, application, serviceManifest, activationId, codePackage: name, instanceId },
  }
  expect(await cluster.inject(fault, lawContext())).toEqual({ outcome: 'done' })
  expect(BigInt((await look()).codePackages[0]?.instanceId ?? 0)).toBeGreaterThan(BigInt(instanceId))
  expect(await cluster.inject(fault, lawContext())).toMatchObject({ outcome: 'gone' })
})

it('removes an instance, and another one is there', async () => {
  const replica = firstReplica(await look())
  const fault: Fault = { kind: 'remove-replica', ...replica }
  expect(await cluster.inject(fault, lawContext())).toEqual({ outcome: 'done' })
  const after = await look()
  expect(after.replicas.some(({ id }) => id === replica.replica)).toBe(false)
  expect(places(after)).toContain('DataSource on host3')
})

it('moves an instance to another host', async () => {
  const { node, ...replica } = firstReplica(await look())
  const fault: Fault = { kind: 'move-instance', ...replica, from: node, to: 'host4', force: false }
  expect(await cluster.inject(fault, lawContext())).toEqual({ outcome: 'done' })
  const after = places(await look())
  const moved = replica.service.split('/')[1]
  expect(after).toContain(`${moved} on host4`)
  expect(after).not.toContain(`${moved} on ${node}`)
})

it('is upgrading while the deploy lock is there', async () => {
  const lock = path.join(lab.directory, 'deploy.lock')
  await writeFile(lock, 'release 7\n')
  expect(await cluster.upgrading(lawContext())).toBe('The deploy lock is there: release 7.')
  await rm(lock)
  expect(await cluster.upgrading(lawContext())).toBeUndefined()
})

it('has no faults but its own four', async () => {
  expect(cluster.faults).toEqual(['restart-node', 'restart-code-package', 'remove-replica', 'move-instance'])
  const fault: Fault = { kind: 'restart-replica', ...firstReplica(await look()) }
  expect(await cluster.inject(fault, lawContext())).toMatchObject({ outcome: 'wrong-state' })
})

it.each([30, 200, 400, 700])(
  'an interruption after %i ms is undone from the record alone',
  async (afterMs) => {
    const before = await look()
    const host = before.replicas[0]?.node ?? ''
    const undos = new UndoRecorder()
    const stop = new AbortController()
    const working = cluster.inject(restartOf(before, host), lawContext({ signal: stop.signal, undos }))
    await lawContext().clock.sleep(afterMs)
    stop.abort()
    await working
    await playUndos(driver, undos.records, lawContext())
    const after = await look()
    expect(after.nodes.every(({ isUp }) => isUp)).toBe(true)
    expect(places(after)).toEqual(places(before))
    expect(await playUndos(driver, undos.records, lawContext())).toEqual(
      undos.records.map(() => 'not needed'),
    )
  },
)
