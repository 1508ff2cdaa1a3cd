import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { JsonObject, UndoContext } from '@squall/contract'
import { expect, it } from 'vitest'
import { pythonPlace, RememberingContext } from './python-place.ts'

const lamps = `
import os
from squall import squall_undo

def put_out(file):
    undo = squall_undo("lamps", "light", {"file": file})
    open(file, "w").write("dark")
    undo.amend({"file": os.path.abspath(file)})

def light(file):
    if open(file).read() == "lit":
        return "not needed"
    open(file, "w").write("lit")

def break_lamp():
    raise OSError("no lamp")
`

it('Python code registers its undo, which works in another process from the record alone', async () => {
  const { run, folder, driver, surroundings } = await pythonPlace({ 'lamps.py': lamps, lamp: 'lit' })
  const context = new RememberingContext()
  await run({ module: 'lamps', func: 'put_out', arguments: { file: 'lamp' } }, context)
  const lamp = path.join(folder, 'lamp')
  expect(await readFile(lamp, 'utf8')).toBe('dark')
  const [record] = context.undos
  expect(record).toMatchObject({
    func: 'call',
    args: { module: 'lamps', func: 'light', arguments: { file: 'lamp' }, directory: folder },
  })
  const [amended] = record?.amended ?? []
  expect(amended).toMatchObject({ module: 'lamps', func: 'light', arguments: { file: lamp } })

  delete surroundings.variables['PYTHONPATH']
  surroundings.cwd = '/'
  const undo = async () => {
    const checked = await driver.undo.call.args['~standard'].validate(JSON.parse(JSON.stringify(amended)))
    if (checked.issues) throw new Error('refused')
    return driver.undo.call.run(checked.value, context as UndoContext)
  }
  expect(await undo()).toBe('undone')
  expect(await readFile(lamp, 'utf8')).toBe('lit')
  expect(await undo()).toBe('not needed')
  await writeFile(lamp, 'dark')
  expect(await undo()).toBe('undone')
})

it('fails the activity where its undo cannot be recorded, before it did harm', async () => {
  const { run, folder } = await pythonPlace({ 'lamps.py': lamps, lamp: 'lit' })
  const context = new RememberingContext()
  context.undo = () => Promise.reject(new Error('the disk is full'))
  await expect(
    run({ module: 'lamps', func: 'put_out', arguments: { file: 'lamp' } }, context),
  ).rejects.toMatchObject({
    code: 'SQUALL_ACTIVITY_FAILED',
    message: 'RuntimeError: the disk is full',
  })
  expect(await readFile(path.join(folder, 'lamp'), 'utf8')).toBe('lit')
})

it.each<{ args: unknown; path: string }>([
  { args: 5, path: '' },
  { args: { interpreter: 'p', directory: '/', path: [], module: 'm', arguments: {} }, path: 'func' },
  {
    args: { interpreter: 'p', directory: '/', path: 'a', module: 'm', func: 'f', arguments: {} },
    path: 'path',
  },
  {
    args: {
      interpreter: 'p',
      directory: '/',
      path: [],
      module: 'm',
      func: 'f',
      arguments: [] as unknown as JsonObject,
    },
    path: 'arguments',
  },
])('refuses a record with a wrong $path', async ({ args, path: wrong }) => {
  const { driver } = await pythonPlace()
  const checked = await driver.undo.call.args['~standard'].validate(args)
  expect(checked.issues?.map((issue) => issue.path?.join() ?? '')).toEqual([wrong])
})

it('an undo that fails says why', async () => {
  const { driver, folder } = await pythonPlace({ 'lamps.py': lamps })
  const undo = {
    interpreter: 'python3',
    directory: folder,
    path: [folder],
    module: 'lamps',
    func: 'break_lamp',
    arguments: {},
  }
  await expect(driver.undo.call.run(undo, new RememberingContext())).rejects.toThrow('OSError: no lamp')
})
