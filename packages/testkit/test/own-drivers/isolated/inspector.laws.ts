import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { JsonObject, JsonValue } from '@squall/contract'
import driver from '@squall/driver-inspector'
import { describe, it } from 'vitest'
import { driverLaws, lawContext, type Sample, type Scene } from '../../../src/index.ts'
import { builtDriver } from '../built.ts'

const program = fileURLToPath(
  new URL('../../../../driver-inspector/test/fixtures/server.cjs', import.meta.url),
)

type Ask = (path: string) => Promise<string>

/** A server of our own, looked at from outside. */
async function server(input: JsonObject, look: (ask: Ask) => Promise<JsonValue>): Promise<Scene> {
  const child = spawn(process.execPath, ['--expose-gc', program], { stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString()
  })
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  const url = `http://127.0.0.1:${Number(line)}`
  return {
    input: { pid: child.pid ?? 0, ...input },
    look: () => look(async (path) => (await fetch(`${url}${path}`)).text()),
    underway: () => said.includes('Debugger attached'),
    cleanUp: async () => {
      const ended = once(child, 'exit')
      child.kill('SIGKILL')
      await ended
    },
  }
}

const answer =
  (path: string) =>
  (ask: Ask): Promise<JsonValue> =>
    ask(path)

/** A harmed server is slow each time; one that is not may be held up by a busy machine, but hardly three times in a row. */
const inARow = 3

const slow = async (ask: Ask): Promise<JsonValue> => {
  for (let look = 0; look < inARow; look++) {
    const began = performance.now()
    await ask('/file')
    if (performance.now() - began <= 400) return 'quick'
  }
  return 'slow'
}
const isBusy = async (ask: Ask): Promise<JsonValue> => {
  for (let look = 0; look < inARow; look++) {
    const first = await Promise.race([
      ask('/'),
      new Promise((resolve) => setTimeout(() => resolve('busy'), 300)),
    ])
    if (first !== 'busy') return String(first)
  }
  return 'busy'
}
const hour = async (ask: Ask): Promise<JsonValue> =>
  Number(await ask('/date')) - Date.now() > 3_000_000 ? 'ahead' : 'on time'

function sample(
  input: JsonObject,
  look: (ask: Ask) => Promise<JsonValue>,
  refuses: Sample['refuses'] = [],
): Sample {
  const ways = [
    { input: { ...input, pid: 2, port: 80 }, path: [] },
    { input: { ...input, pid: 0 }, path: ['pid'] },
  ]
  return { prepare: () => server(input, look), long: false, refuses: [...refuses, ...ways] }
}

/** Opening an inspector takes a few turns of the target's event loop. */
const whileBusy = (input: JsonObject, look: (ask: Ask) => Promise<JsonValue>): Pick<Sample, 'long'> => ({
  long: () => server(input, look),
})

/** A server whose files cannot be read any more, since another run left its fault there. */
async function brokenServer(): Promise<Scene> {
  const scene = await server({}, answer('/file'))
  const args = { ...scene.input, ...files, percent: 100, code: 'ENOSPC', delay_ms: 0, other_users: false }
  await driver.activities.fail_calls.run(args as never, lawContext())
  return scene
}

const files = { api: 'fs', functions: ['promises.readFile'] }

const laws = driverLaws(() => driver, {
  driverFile: builtDriver('inspector'),
  activities: {
    slow_calls: {
      ...sample({ ...files, delay_ms: 500, percent: 100 }, slow, [
        { input: { pid: 2, api: 'tape', delay_ms: 1 }, path: ['api'] },
        { input: { pid: 2, api: 'fs', delay_ms: 1, match: '(' }, path: ['match'] },
      ]),
      choice: () => 'every call',
    },
    fail_calls: {
      ...sample({ ...files, code: 'ENOSPC' }, answer('/file'), [
        { input: { pid: 2, api: 'fs', code: 'no code' }, path: ['code'] },
      ]),
      choice: () => 'every call',
    },
    throw_in: {
      ...sample({ module: 'pages.cjs', func: 'render' }, answer('/page'), [
        { input: { pid: 2, module: 'pages.cjs' }, path: ['func'] },
      ]),
      choice: () => 'every call',
    },
    block_event_loop: {
      ...sample({ seconds: 0.1 }, isBusy, [{ input: { pid: 2, seconds: 0 }, path: ['seconds'] }]),
      ...whileBusy({ seconds: 20 }, isBusy),
      effect: 'while it runs',
    },
    fill_heap: sample({ mebibytes: 100 }, answer('/heap'), [
      { input: { pid: 2, mebibytes: 0 }, path: ['mebibytes'] },
    ]),
    skew_time: sample({ ahead_ms: 3_600_000 }, hour, [{ input: { pid: 2, slower: 0 }, path: ['slower'] }]),
    restore: { ...sample({}, answer('/file')), prepare: brokenServer },
    faults: sample({}, answer('/')),
    process_state: sample({}, answer('/')),
    event_loop_delay: {
      ...sample({ seconds: 0.05 }, answer('/'), [{ input: { pid: 2, seconds: 0 }, path: ['seconds'] }]),
      ...whileBusy({ seconds: 20 }, answer('/')),
    },
  },
})

describe('driver-inspector', () => {
  for (const law of laws) it(law.name, law.check)
})
