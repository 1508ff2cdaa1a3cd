import { existsSync, readFileSync } from 'node:fs'
import { readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { JsonObject } from '@squall/contract'
import driver from '@squall/driver-python'
import { afterAll, describe, it } from 'vitest'
import {
  type AbilityScene,
  type ControlScene,
  type DiscovererScene,
  driverLaws,
  type NotifierScene,
  type ProviderSample,
  type Scene,
} from '../../src/index.ts'
import { builtDriver } from './built.ts'
import { newFolder } from './folder.ts'
import { writePythonModules } from './python-modules.ts'

const lamps = `
import time
from squall import squall_undo

def read(lamp):
    with open(lamp) as file:
        return file.read()

def is_lit(lamp, seconds=0):
    with open(lamp + ".asked", "w"):
        pass
    time.sleep(seconds)
    return read(lamp) == "lit"

def put_out(lamp, seconds=0):
    squall_undo("law_lamps", "light", {"lamp": lamp})
    with open(lamp, "w") as file:
        file.write("dark")
    time.sleep(seconds)
    return {"dark": 1}

def put_out_deaf(lamp, seconds=0):
    put_out(lamp)
    while True:
        try:
            time.sleep(seconds)
        except BaseException:
            pass

def light(lamp):
    if read(lamp) == "lit":
        return "not needed"
    with open(lamp, "w") as file:
        file.write("lit")
`

// Python finds modules by its own path, not by the experiment's folder.
const modules = await newFolder()
await writeFile(path.join(modules.folder, 'law_lamps.py'), lamps)
await writePythonModules(modules.folder)
process.env['PYTHONPATH'] = modules.folder
afterAll(async () => {
  await driver.close()
  await modules.remove()
})

/** A lit lamp. */
async function lamp(func: string, args: JsonObject = {}, more: JsonObject = {}): Promise<Scene> {
  const { folder, remove } = await newFolder()
  const file = path.join(folder, 'lamp')
  await writeFile(file, 'lit')
  const isAsked = () =>
    readFile(`${file}.asked`).then(
      () => true,
      () => false,
    )
  const look = () => readFile(file, 'utf8')
  return {
    directory: folder,
    input: { module: 'law_lamps', func, arguments: { lamp: file, ...args }, ...more },
    look,
    underway: async () => (func === 'is_lit' ? isAsked() : (await look()) === 'dark'),
    cleanUp: remove,
  }
}

/** A folder with a file that Python writes. */
async function written(): Promise<AbilityScene & { readonly file: string }> {
  const { folder, remove } = await newFolder()
  const file = path.join(folder, 'written')
  return { directory: folder, file, underway: () => existsSync(file), cleanUp: remove }
}

async function controlled(isLong = false): Promise<ControlScene> {
  const { file, ...place } = await written()
  const args = { room: 'kitchen', ...(isLong && { begun: file }) }
  return { ...place, input: { module: 'law_control', arguments: args } }
}

async function told(func: string): Promise<NotifierScene> {
  const { file, ...place } = await written()
  const arrived = () => (existsSync(file) ? readFileSync(file, 'utf8').split('\n').length - 1 : 0)
  return { ...place, input: { module: 'law_channel', func, file }, arrived }
}

const target = 'chaostoolkit-lawlamps'
/** While it is there, the extension takes its time. */
const slowFile = path.join(modules.folder, 'law-is-slow')

async function slowExtension(): Promise<DiscovererScene> {
  await writeFile(slowFile, '')
  return {
    target,
    underway: () => readFileSync(slowFile, 'utf8') === 'begun',
    cleanUp: () => rm(slowFile),
  }
}

const refuses = [
  { input: { func: 'light' }, path: ['module'] },
  { input: { module: 'no_such_module', func: 'light' }, path: ['module'] },
  { input: { module: 'law_lamps', func: 'dance' }, path: ['func'] },
  { input: { module: 'law_lamps', func: 'is_lit' }, path: ['arguments'] },
]
const own = { timeout: 120 }
const action: ProviderSample = {
  title: 'action',
  kind: 'action',
  undoable: true,
  prepare: () => lamp('put_out'),
  long: () => lamp('put_out', { seconds: 60 }),
  refuses,
}

const laws = driverLaws(() => driver, {
  driverFile: builtDriver('python'),
  providers: {
    python: [
      {
        title: 'probe',
        kind: 'probe',
        prepare: () => lamp('is_lit'),
        long: () => lamp('is_lit', { seconds: 60 }),
        refuses,
      },
      action,
      {
        ...action,
        title: 'action with a time limit that does not listen',
        prepare: () => lamp('put_out', {}, own),
        long: () => lamp('put_out_deaf', { seconds: 60 }, own),
      },
    ],
  },
  providerControls: {
    python: {
      prepare: () => controlled(),
      long: () => controlled(true),
      refuses: [
        { input: {}, saying: "needs a 'module'" },
        { input: { module: 'law_control' }, saying: 'it needs a room' },
      ],
    },
  },
  notifiers: {
    plugin: {
      prepare: () => told('notify'),
      long: () => told('hang'),
      refuses: [
        { input: {}, saying: 'needs a `module`' },
        { input: { module: 'no_such_module' }, saying: 'no_such_module' },
        { input: { module: 'law_channel', func: 'fail' }, saying: 'nobody listens' },
      ],
    },
  },
  discoverer: { prepare: () => ({ target }), long: slowExtension },
})

describe('driver-python', () => {
  for (const law of laws) it(law.name, law.check)
})
