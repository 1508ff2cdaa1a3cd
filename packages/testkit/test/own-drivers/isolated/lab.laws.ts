import { readdirSync, readFileSync } from 'node:fs'
import { connect } from 'node:net'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { ClusterSnapshot, Fault, JsonObject, JsonValue } from '@squall/contract'
import driver from '@squall/driver-lab'
import { findLab, type Lab, startLab } from '@squall/lab'
import { afterAll, beforeAll, describe, it } from 'vitest'
import {
  type ClusterScene,
  driverLaws,
  lawContext,
  type Outcome,
  type Sample,
  type Scene,
} from '../../../src/index.ts'
import { builtDriver } from '../built.ts'
import { newFolder } from '../folder.ts'

type Service = 'datasource' | 'showdata'

// One lab for all laws: each of them leaves it as it was.
let lab: Lab
let remove: () => Promise<void>
beforeAll(async () => {
  const place = await newFolder()
  remove = place.remove
  process.env['XDG_STATE_HOME'] = path.join(place.folder, 'state')
  lab = await startLab({ directory: path.join(place.folder, 'lab'), instances: 2, hosts: 4 })
})
afterAll(async () => {
  await lab.stop()
  await remove()
})

/** A port of a service on which nothing runs yet. */
function freePort(service: Service, port: number): Scene {
  const running = () => instancesOn(port)
  return {
    directory: lab.directory,
    input: { port, portsfile: lab.portFiles[service] },
    look: async () => ({
      listed: listedIn(lab.portFiles[service]),
      listens: await isListening(port),
      processes: running().length,
    }),
    underway: () => running().length > 0,
    cleanUp: async () => {
      for (const pid of running()) process.kill(pid, 'SIGTERM')
      await until(() => running().length === 0 && !listedIn(lab.portFiles[service]).includes(port))
    },
  }
}

/** Pids of programs of a lab that were told to listen on this port. */
function instancesOn(port: number): number[] {
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .map(Number)
    .filter((pid) => commandOf(pid).join(' ').includes(` --ports ${port} `))
}

function commandOf(pid: number): string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
  } catch {
    // It ended while the list was read.
    return []
  }
}

function listedIn(portFile: string): number[] {
  return readFileSync(portFile, 'utf8').split('\n').filter(Boolean).map(Number)
}

async function until(isSo: () => boolean): Promise<void> {
  const deadline = performance.now() + 10_000
  while (!isSo()) {
    if (performance.now() > deadline) throw new Error(`Not within 10 s: ${isSo}`)
    await delay(10)
  }
}

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    const answer = (isOpen: boolean) => {
      socket.destroy()
      resolve(isOpen)
    }
    socket.once('connect', () => answer(true)).once('error', () => answer(false))
  })
}

/** A lab with one service frozen, so that whoever asks after it waits. */
function frozenLab(): Scene {
  const { pid } = lab.processes.find(({ service }) => service === 'datasource') ?? {}
  if (pid === undefined) throw new Error('the lab has no data source')
  process.kill(pid, 'SIGSTOP')
  const begun = performance.now()
  return {
    input: { directory: lab.directory },
    // The others answer within this time; what is left is to wait for the frozen one.
    underway: () => performance.now() - begun > 100,
    cleanUp: () => void process.kill(pid, 'SIGCONT'),
  }
}

const start = (service: Service, port: number): Sample => ({
  prepare: () => freePort(service, port),
  long: () => freePort(service, port),
  refuses: [
    { input: { port: 'many' }, path: ['port'] },
    { input: { portsfile: 5 }, path: ['portsfile'] },
    { input: { ports: 8080 }, path: [] },
  ],
  choice: chanceInTag,
})

/** Chance gives the tag of an instance its last word. */
function chanceInTag({ undos }: Outcome): JsonValue {
  const tags = undos.map(({ args }) => String((args as JsonObject)['tag']))
  return tags.map((tag) => tag.split('-').at(-1) ?? null)
}

const restart = ({ nodes, replicas }: ClusterSnapshot): Fault => {
  const node = nodes.find(({ name }) => name === replicas[0]?.node)
  return { kind: 'restart-node', node: node?.name ?? '', instanceId: node?.instanceId ?? '' }
}

/** The lab as a cluster; afterwards both services run on their first hosts again. */
async function asCluster(): Promise<ClusterScene> {
  const options = { directory: lab.directory, rebootMs: 500 }
  return {
    cluster: await driver.clusters.lab.connect(options, { ...lawContext(), environment: {} }),
    fault: restart,
    longFault: restart,
    cleanUp: async () => {
      const { recordFile } = await findLab({ directory: lab.directory })
      const starts = (['datasource', 'showdata'] as const).flatMap((service) =>
        [0, 1, 2, 3].map((host) => ({ service, port: (service === 'datasource' ? 8080 : 8090) + host })),
      )
      for (const host of [0, 1, 2, 3]) {
        const args = { recordFile, host, starts: host === 3 ? starts : [] }
        await driver.undo.restore_instances.run(args, lawContext())
      }
    },
  }
}

const laws = driverLaws(() => driver, {
  driverFile: builtDriver('lab'),
  activities: {
    test: { prepare: () => ({ input: {} }), long: false, refuses: [{ input: { loud: true }, path: [] }] },
    lab_status: {
      prepare: () => ({ input: { directory: lab.directory } }),
      long: frozenLab,
      refuses: [{ input: { directory: 5 }, path: ['directory'] }],
    },
    start_datasource_service: start('datasource', 8085),
    start_showdata_service: start('showdata', 8095),
  },
  clusters: { lab: asCluster },
})

describe('driver-lab', () => {
  for (const law of laws) it(law.name, law.check)
})
