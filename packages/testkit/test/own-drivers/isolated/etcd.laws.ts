import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { ClusterSnapshot, Fault, JsonObject } from '@squall/contract'
import driver, { type EtcdCluster, startEtcdCluster } from '@squall/driver-etcd'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { type ClusterScene, driverLaws, lawContext, type Sample, type Scene } from '../../../src/index.ts'
import { builtDriver } from '../built.ts'
import { newFolder } from '../folder.ts'

// One cluster for all laws: each of them leaves it as it was.
let cluster: EtcdCluster
beforeAll(async () => {
  cluster = await startEtcdCluster({ size: 3, spares: 1, rebootMs: 1500 })
})
afterAll(() => cluster.stop())

const { members, get, put } = driver.activities
const { start_host, resume_member, stop_cluster } = driver.undo

/** The cluster, with everybody there; `look` asks each member. */
function scene(input: JsonObject): Scene {
  const arguments_ = { cluster: cluster.file }
  return {
    input: { ...arguments_, ...input },
    look: async () => {
      const seen = await members.run(arguments_, lawContext())
      return seen.map(({ host, role }) => `${host} ${role === 'leader' ? 'follower' : role}`)
    },
    cleanUp: async () => {
      for (const host of ['host1', 'host2', 'host3']) {
        await letGo(host)
        await start_host.run({ ...arguments_, host, hadMember: true }, lawContext())
      }
      await until(async () => (await members.run(arguments_, lawContext())).filter(isServing).length === 3)
    },
  }
}

/** A frozen member would answer nobody for ever. */
async function letGo(host: string): Promise<void> {
  const file = path.join(cluster.directory, host, 'pid.json')
  const { pid, startedAt } = JSON.parse(await readFile(file, 'utf8'))
  await resume_member.run({ pid, startedAt }, lawContext())
}

function isServing({ role }: { role: string }): boolean {
  return role === 'leader' || role === 'follower'
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  const { clock } = lawContext()
  for (const deadline = clock.monotonic() + 20_000; !(await isSo()); await clock.sleep(50)) {
    if (clock.monotonic() > deadline) throw new Error('The cluster does not recover.')
  }
}

const noFile = { input: { cluster: 5 }, path: ['cluster'] }
const probe: Sample = { prepare: () => scene({}), long: false, refuses: [noFile] }
const victim: Sample = {
  prepare: () => scene({}),
  long: false,
  refuses: [noFile, { input: { member: '' }, path: ['member'] }],
  choice: ({ result }) => result,
}
const key = 'squall/law'

/** A folder for a second cluster. */
async function newCluster(): Promise<Scene> {
  const { folder, remove } = await newFolder()
  const file = path.join(folder, 'cluster.json')
  return {
    input: { directory: folder, size: 2, spares: 0, base_port: 24_790 },
    look: async () => ({
      isThere: existsSync(file),
      answers: await answers('http://127.0.0.1:24790/health'),
    }),
    underway: () => existsSync(path.join(folder, 'host1', 'pid.json')),
    cleanUp: async () => {
      await stop_cluster.run({ cluster: file }, lawContext())
      await remove()
    },
  }
}

async function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    ({ ok }) => ok,
    () => false,
  )
}

const restart = (snapshot: ClusterSnapshot): Fault => {
  const node = snapshot.nodes.find(({ isSeed }) => isSeed)
  return { kind: 'restart-node', node: node?.name ?? '', instanceId: node?.instanceId ?? '' }
}
const asCluster = async (): Promise<ClusterScene> => ({
  cluster: await driver.clusters.etcd.connect(
    { cluster: cluster.file },
    { ...lawContext(), environment: {} },
  ),
  fault: restart,
  longFault: restart,
  cleanUp: () => scene({}).cleanUp?.(),
})

const laws = driverLaws(() => driver, {
  driverFile: builtDriver('etcd'),
  activities: {
    start_cluster: {
      prepare: newCluster,
      long: newCluster,
      refuses: [
        { input: { size: 0 }, path: ['size'] },
        { input: { directory: '' }, path: ['directory'] },
      ],
    },
    stop_cluster: {
      prepare: async () => {
        const { input, ...prepared } = await newCluster()
        await startEtcdCluster({
          directory: String(input['directory']),
          size: 1,
          spares: 0,
          basePort: 24_790,
        })
        return { ...prepared, input: { cluster: path.join(String(input['directory']), 'cluster.json') } }
      },
      long: false,
      refuses: [noFile],
    },
    members: probe,
    leader: probe,
    health: probe,
    get: { prepare: () => scene({ key }), long: false, refuses: [noFile, { input: {}, path: ['key'] }] },
    put: {
      prepare: () => ({
        ...scene({ key, value: 'new' }),
        look: () => get.run({ key, cluster: cluster.file }, lawContext()),
        cleanUp: async () => {
          const { undos } = lawContext()
          await put.run({ key, value: 'old', cluster: cluster.file }, lawContext({ undos }))
        },
      }),
      long: false,
      refuses: [noFile, { input: { key }, path: ['value'] }],
    },
    kill_member: victim,
    pause_member: victim,
    move_leader: {
      prepare: async () => {
        const seen = await members.run({ cluster: cluster.file }, lawContext())
        const to = seen.find(({ role }) => role === 'follower')?.host ?? ''
        const leader = () => driver.activities.leader.run({ cluster: cluster.file }, lawContext())
        return { ...scene({ to }), look: leader }
      },
      long: false,
      refuses: [noFile, { input: {}, path: ['to'] }],
    },
  },
  clusters: { etcd: asCluster },
})

describe('driver-etcd', () => {
  for (const law of laws) it(law.name, law.check)
})
