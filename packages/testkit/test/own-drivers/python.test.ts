import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { JsonObject } from '@squall/contract'
import driver from '@squall/driver-python'
import { afterAll, describe, it } from 'vitest'
import { driverLaws, type ProviderSample, type Scene } from '../../src/index.ts'
import { builtDriver } from './built.ts'
import { newFolder } from './folder.ts'

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
})

describe('driver-python', () => {
  for (const law of laws) it(law.name, law.check)
})
