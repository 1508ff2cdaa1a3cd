import { spawn, spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, statSync, writeFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { JsonObject, JsonValue } from '@squall/contract'
import driver from '@squall/driver-os'
import { describe, it } from 'vitest'
import { driverLaws, type Sample, type Scene } from '../../../src/index.ts'
import { builtDriver } from '../built.ts'
import { newFolder } from '../folder.ts'

/** Processes that bear the tag of the driver, seen without it. All of them are ours: this is a namespace of its own. */
function tagged(): number[] {
  return readdirSync('/proc').flatMap((name) => {
    try {
      if (!/^\d+$/.test(name)) return []
      const isOurs = readFileSync(`/proc/${name}/environ`, 'utf8').includes('SQUALL_OS_CHILD=')
      return isOurs && !'ZX'.includes(stateOf(Number(name))) ? [Number(name)] : []
    } catch {
      // It has ended.
      return []
    }
  })
}

function stateOf(pid: number): string {
  const [, state = 'X'] = /\) (\w) /.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? []
  return state
}

/** No target but the machine: what is seen are the programs that run. */
const machine = (input: JsonObject) => async (): Promise<Scene> => {
  const { folder, remove } = await newFolder()
  return {
    directory: folder,
    input,
    look: () => tagged().length,
    cleanUp: async () => {
      for (const pid of tagged()) process.kill(pid, 'SIGKILL')
      const deadline = performance.now() + 10_000
      while (tagged().length > 0 && performance.now() < deadline) await delay(5)
      await remove()
    },
  }
}

const folder = (input: JsonObject) => async (): Promise<Scene> => {
  const { folder: place, remove } = await newFolder()
  await writeFile(path.join(place, 'data.bin'), Buffer.alloc(5000, 7))
  return { directory: place, input, look: () => contentOf(place), cleanUp: remove }
}

function contentOf(place: string): JsonValue {
  const names = readdirSync(place).sort()
  const file = path.join(place, 'data.bin')
  return { names, data: readFileSync(file, 'base64'), modified: Math.round(statSync(file).mtimeMs) }
}

const sleeper = (input: JsonObject) => async (): Promise<Scene> => {
  const child = spawn('sleep', ['60'], { stdio: 'ignore' })
  await once(child, 'spawn')
  const pid = child.pid ?? 0
  return {
    input: { pid, ...input },
    look: () => {
      const [files = ''] = /^Max open files.*$/m.exec(readFileSync(`/proc/${pid}/limits`, 'utf8')) ?? []
      return { frozen: stateOf(pid) === 'T', files }
    },
    cleanUp: async () => {
      const ended = once(child, 'exit')
      child.kill('SIGKILL')
      await ended
    },
  }
}

const groupRoot = ['/sys/fs/cgroup/freezer', '/sys/fs/cgroup'].find(existsSync) ?? ''

function stateFile(place: string): string {
  const files = ['freezer.state', 'cgroup.freeze'].map((file) => path.join(place, file))
  return files.find((file) => existsSync(file)) ?? ''
}

/** A control group of our own with one process in it. */
async function group(): Promise<Scene> {
  const scene = await sleeper({})()
  const name = `squall-laws-${randomUUID()}`
  const place = path.join(groupRoot, name)
  mkdirSync(place)
  const state = stateFile(place)
  writeFileSync(path.join(place, 'cgroup.procs'), String(scene.input['pid']))
  return {
    input: { group: name },
    look: () => readFileSync(state, 'utf8').replace('FREEZING', 'FROZEN'),
    cleanUp: async () => {
      writeFileSync(state, state.endsWith('state') ? 'THAWED' : '0')
      await scene.cleanUp?.()
      rmdirSync(place)
    },
  }
}

const probe = (input: JsonObject, long: JsonObject | false, refuses: Sample['refuses']): Sample => ({
  prepare: machine(input),
  long: long && watching(long),
  refuses,
})
/** A probe registers nothing by which one could see that it has begun. */
const watching = (input: JsonObject) => async (): Promise<Scene> => ({
  ...(await machine(input)()),
  underway: () => true,
})
const watched = (input: JsonObject = {}): Sample =>
  probe({ ...input, seconds: 0.1 }, { ...input, seconds: 60 }, [
    { input: { ...input, seconds: 0 }, path: ['seconds'] },
  ])
const unknown = [{ input: { fast: true }, path: [] }]
const target = [
  { input: {}, path: [] },
  { input: { pid: 0 }, path: ['pid'] },
]

const laws = driverLaws(() => driver, {
  driverFile: builtDriver('os'),
  activities: {
    cpu: watched(),
    load: probe({}, false, unknown),
    memory: probe({}, false, unknown),
    disk: probe({}, false, [{ input: { path: '' }, path: ['path'] }]),
    disks: probe({}, false, unknown),
    disk_traffic: watched(),
    network: watched({ interface: 'lo' }),
    process: watched({ pid: process.pid }),
    processes: probe({ match: 'vitest' }, false, [{ input: { match: '' }, path: ['match'] }]),
    stress_cpu: {
      prepare: machine({ percent: 5, cores: 1, seconds: 20 }),
      long: machine({ percent: 5, cores: 2, seconds: 20 }),
      refuses: [
        { input: { percent: 0, seconds: 1 }, path: ['percent'] },
        { input: { percent: 50 }, path: ['seconds'] },
      ],
    },
    stress_memory: {
      prepare: machine({ mebibytes: 8, seconds: 20 }),
      long: machine({ mebibytes: 2000, seconds: 20 }),
      refuses: [
        { input: { mebibytes: 0, seconds: 1 }, path: ['mebibytes'] },
        { input: { mebibytes: 8, seconds: 1, reserve: 1 }, path: ['reserve'] },
      ],
    },
    fill_disk: {
      prepare: folder({ path: '.', mebibytes: 2 }),
      long: folder({ path: '.', mebibytes: 3000 }),
      refuses: [
        { input: { path: '.' }, path: [] },
        { input: { path: '.', mebibytes: 1, leave_free: 1 }, path: [] },
      ],
    },
    corrupt_file: {
      prepare: folder({ path: 'data.bin', bytes: 3 }),
      long: false,
      refuses: [{ input: { path: 'data.bin', bytes: 0 }, path: ['bytes'] }],
      choice: ({ result }) => (result as { offsets: JsonValue }).offsets,
    },
    freeze: { prepare: sleeper({}), long: false, refuses: target },
    freeze_group: {
      prepare: group,
      long: false,
      refuses: [
        { input: {}, path: ['group'] },
        { input: { group: '../elsewhere' }, path: ['group'] },
      ],
    },
    limit_open_files: {
      prepare: sleeper({ spare: 1 }),
      long: false,
      refuses: [...target, { input: { pid: 2, spare: -1 }, path: ['spare'] }],
    },
    start_with_skewed_clock: {
      prepare: machine({ command: ['sleep', '60'], ahead: 3600 }),
      long: false,
      refuses: [
        { input: { command: [], ahead: 1 }, path: ['command'] },
        { input: { command: ['date'] }, path: ['ahead'] },
      ],
    },
  },
})

/** What cannot be tried here, by the activity. A machine can install the library, but not grow control groups. */
const obstacles: Readonly<Record<string, string | null>> = {
  start_with_skewed_clock: hasClockLibrary() ? null : 'there is no libfaketime (Debian: faketime)',
  freeze_group: hasFreezer() ? null : 'no control group can be made',
}

function hasClockLibrary(): boolean {
  return process.env['SQUALL_REQUIRE_ALL'] === '1' || spawnSync('faketime', ['--version']).status === 0
}

function hasFreezer(): boolean {
  const place = path.join(groupRoot, `squall-laws-${randomUUID()}`)
  try {
    mkdirSync(place)
    return stateFile(place) !== ''
  } catch {
    return false
  } finally {
    if (existsSync(place)) rmdirSync(place)
  }
}

describe('driver-os', () => {
  for (const [activity, obstacle] of Object.entries(obstacles)) {
    if (obstacle !== null) it(`NOT RUN: ${activity}: ${obstacle}`, () => {})
  }
  for (const law of laws) {
    const [activity = ''] = law.name.split(':')
    if ((obstacles[activity] ?? null) === null) it(law.name, law.check)
  }
})
