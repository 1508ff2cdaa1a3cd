import { existsSync, readFileSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { JsonObject } from '@squall/contract'
import driver from '@squall/driver-node'
import { describe, it } from 'vitest'
import {
  type AbilityScene,
  type ControlScene,
  driverLaws,
  type LoaderSample,
  type NotifierScene,
  type ProviderSample,
  type Scene,
} from '../../src/index.ts'
import { builtDriver } from './built.ts'
import { newFolder } from './folder.ts'

const lamps = `
  import { readFile, writeFile } from 'node:fs/promises'
  import { setTimeout } from 'node:timers/promises'

  export const isLit = async ({ lamp, ms }, { signal }) => {
    await writeFile(lamp + '.asked', '')
    if (ms) await setTimeout(ms, undefined, { signal })
    return (await readFile(lamp, 'utf8')) === 'lit'
  }
  const fits = ({ lamp }) => typeof lamp === 'string'
  isLit.args = {
    '~standard': {
      version: 1,
      vendor: 'lamps',
      validate: (value) => fits(value) ? { value } : { issues: [{ message: 'expected a text', path: ['lamp'] }] },
    },
  }

  export async function putOut({ lamp, ms }, { undo, signal }) {
    await undo('light', { lamp })
    signal.throwIfAborted()
    await writeFile(lamp, 'dark')
    if (ms) await setTimeout(ms, undefined, { signal })
    return { dark: 1 }
  }
  putOut.targets = ({ lamp }) => [lamp]

  export async function putOutDeaf({ lamp }, { undo }) {
    await undo('light', { lamp })
    await writeFile(lamp, 'dark')
    for (;;);
  }

  export async function light({ lamp }) {
    if ((await readFile(lamp, 'utf8')) === 'lit') return 'not needed'
    await writeFile(lamp, 'lit')
  }
`

/** A lit lamp, and the module of functions beside it. */
async function lamp(func: string, { ms = 0, ...more }: JsonObject = {}): Promise<Scene> {
  const { folder, remove } = await newFolder()
  const file = path.join(folder, 'lamp')
  await writeFile(file, 'lit')
  await writeFile(path.join(folder, 'lamps.mjs'), lamps)
  const isAsked = () =>
    readFile(`${file}.asked`).then(
      () => true,
      () => false,
    )
  const look = () => readFile(file, 'utf8')
  return {
    directory: folder,
    input: { module: './lamps.mjs', func, arguments: { lamp: file, ms }, ...more },
    look,
    underway: async () => (func === 'isLit' ? isAsked() : (await look()) === 'dark'),
    cleanUp: remove,
  }
}

const control = `
  import { existsSync, writeFileSync } from 'node:fs'
  import { setTimeout } from 'node:timers/promises'

  export function validate({ provider }) {
    if (typeof provider.arguments?.room !== 'string') throw new TypeError('it needs a room')
  }
  export const beforeExperiment = async (experiment, { arguments: { begun }, signal }) => {
    if (!begun) return
    writeFileSync(begun, '')
    await setTimeout(60_000, undefined, { signal })
  }
  export const beforeActivity = (activity, { arguments: { room }, skip }) => {
    activity.seen_in = room
    if (activity.type === 'action') skip()
  }
  export const afterMethod = (experiment, { state }) => void state?.length
`
const channel = `
  import { appendFile } from 'node:fs/promises'
  import { setTimeout } from 'node:timers/promises'

  export const notify = ({ file }, event) => appendFile(file, JSON.stringify(event) + '\\n')
  export const fail = () => { throw new Error('nobody listens') }
  export const hang = async ({ file }) => {
    await appendFile(file, 'begun')
    await setTimeout(60_000, undefined, { ref: false })
  }
`

/** A folder with a module, and a file that it writes. */
async function moduleFolder(module: string, text: string): Promise<AbilityScene & { readonly file: string }> {
  const { folder, remove } = await newFolder()
  await writeFile(path.join(folder, module), text)
  return { directory: folder, file: path.join(folder, 'written'), cleanUp: remove }
}

async function controlled(isLong = false): Promise<ControlScene> {
  const { file, ...place } = await moduleFolder('control.mjs', control)
  const args = { room: 'kitchen', ...(isLong && { begun: file }) }
  return { ...place, input: { module: './control.mjs', arguments: args }, underway: () => existsSync(file) }
}

async function told(func: string): Promise<NotifierScene> {
  const { file, ...place } = await moduleFolder('channel.mjs', channel)
  return {
    ...place,
    input: { module: './channel.mjs', func, file },
    arrived: () => (existsSync(file) ? readFileSync(file, 'utf8').split('\n').length - 1 : 0),
    underway: () => existsSync(file),
  }
}

const refuses = [
  { input: { func: 'light' }, path: ['module'] },
  { input: { module: './no-such-file.mjs', func: 'light' }, path: ['module'] },
  { input: { module: './lamps.mjs', func: 'dance' }, path: ['func'] },
  { input: { module: './lamps.mjs', func: 'isLit', arguments: { lamp: 5 } }, path: ['arguments', 'lamp'] },
  { input: { module: './lamps.mjs', func: 'light', timeout: -1 }, path: ['timeout'] },
]
const thread = { interruptible: true }
const action: ProviderSample = {
  title: 'action',
  kind: 'action',
  undoable: true,
  prepare: () => lamp('putOut'),
  long: () => lamp('putOut', { ms: 60_000 }),
  refuses,
}

/** An experiment in a module, whatever its extension. */
const inModule = (extension: string): LoaderSample => ({
  prepare: async () => {
    const { folder, remove } = await newFolder()
    const file = path.join(folder, `experiment${extension}`)
    const isCommon = extension.startsWith('.c')
    const assigned = isCommon ? 'module.exports =' : 'export default'
    if (!/^\.[cm]/.test(extension)) await writeFile(path.join(folder, 'package.json'), '{"type":"module"}')
    await writeFile(file, `${assigned} { title: 'Lamps', method: [] }\n`)
    return { file, experiment: { title: 'Lamps', method: [] }, cleanUp: remove }
  },
  refuses: [{ file: path.join(import.meta.dirname, `no-such-file${extension}`), saying: 'no-such-file' }],
})
const extensions = ['.ts', '.mts', '.cts', '.js', '.mjs', '.cjs']

const laws = driverLaws(() => driver, {
  driverFile: builtDriver('node'),
  providers: {
    node: [
      {
        title: 'probe',
        kind: 'probe',
        prepare: () => lamp('isLit'),
        long: () => lamp('isLit', { ms: 60_000 }),
        refuses,
      },
      action,
      {
        ...action,
        title: 'action in a thread',
        prepare: () => lamp('putOut', thread),
        long: () => lamp('putOutDeaf', thread),
      },
    ],
  },
  providerControls: {
    node: {
      prepare: () => controlled(),
      long: () => controlled(true),
      refuses: [
        { input: {}, saying: "needs a 'module'" },
        { input: { module: './control.mjs' }, saying: 'it needs a room' },
      ],
    },
  },
  loaders: Object.fromEntries(extensions.map((extension) => [extension, inModule(extension)])),
  notifiers: {
    node: {
      prepare: () => told('notify'),
      long: () => told('hang'),
      refuses: [
        { input: {}, saying: 'needs a `module`' },
        { input: { module: './gone.mjs' }, saying: "no file './gone.mjs'" },
        { input: { module: './channel.mjs', func: 'fail' }, saying: 'nobody listens' },
      ],
    },
  },
})

describe('driver-node', () => {
  for (const law of laws) it(law.name, law.check)
})
