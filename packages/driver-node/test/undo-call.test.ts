import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { manifestOf } from '@squall/contract'
import { rolldown } from 'rolldown'
import { expect, it } from 'vitest'
import driver from '../src/index.ts'
import { RememberingContext } from './activity-context.ts'
import { runNode } from './call.ts'
import { project } from './project.ts'

const files = {
  'lamps.mjs': `
    import { readFileSync, writeFileSync } from 'node:fs'
    export async function putOut({ file }, { undo }) {
      await undo('light', { file, was: readFileSync(file, 'utf8') })
      writeFileSync(file, 'out')
    }
    export function light({ file, was }) {
      if (readFileSync(file, 'utf8') === was) return 'not needed'
      writeFileSync(file, was)
    }
    export const hang = () => new Promise(() => {})
    export const stumble = () => { throw new Error('too dark') }
  `,
  'lamp.txt': 'bright',
}

const call = driver.undo.call

it('undoes from what was registered alone, and once', async () => {
  const folder = await project(files)
  const file = path.join(folder, 'lamp.txt')
  const context = new RememberingContext(folder)
  await runNode(context, { module: './lamps.mjs', func: 'putOut', arguments: { file } })
  expect(await readFile(file, 'utf8')).toBe('out')

  const [undo] = JSON.parse(JSON.stringify(context.undos))
  const elsewhere = new RememberingContext('/')
  expect(await call.run(undo.args, elsewhere)).toBe('undone')
  expect(await readFile(file, 'utf8')).toBe('bright')
  expect(await call.run(undo.args, elsewhere)).toBe('not needed')
})

it('undoes in another process and folder', async () => {
  const folder = await project(files)
  const file = path.join(folder, 'lamp.txt')
  const context = new RememberingContext(folder)
  await runNode(context, { module: './lamps.mjs', func: 'putOut', arguments: { file }, interruptible: true })
  const bundle = await rolldown({
    input: path.join(import.meta.dirname, '..', 'src', 'undo-call.ts'),
    platform: 'node',
    external: ['env-paths', 'jiti'],
    resolve: { conditionNames: ['@squall/source', 'node', 'import'] },
  })
  await bundle.write({ format: 'esm', file: path.join(folder, 'undo-call.mjs') })
  const program = `
    import { call } from './undo-call.mjs'
    const context = { signal: new AbortController().signal, log: {}, clock: {} }
    process.stdout.write(await call.run(JSON.parse(process.argv[2]), context))
  `
  await writeFile(path.join(folder, 'healer.mjs'), program)
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [path.join(folder, 'healer.mjs'), JSON.stringify(context.undos[0]?.args)],
    { cwd: path.parse(folder).root, timeout: 20_000 },
  )
  expect(stdout).toBe('undone')
  expect(await readFile(file, 'utf8')).toBe('bright')
})

it.each([
  { name: 'the module is gone', module: 'gone.mjs', func: 'light', message: 'There is no file' },
  { name: 'the function is gone', module: 'lamps.mjs', func: 'gone', message: "exports no function 'gone'" },
  { name: 'the function throws', module: 'lamps.mjs', func: 'stumble', message: 'threw Error: too dark.' },
])('says so when $name', async ({ module, func, message }) => {
  const folder = await project(files)
  const url = pathToFileURL(path.join(folder, module)).href
  const undoing = call.run({ module: url, func, arguments: {} }, new RememberingContext('/'))
  await expect(undoing).rejects.toThrow(message)
})

it('stops waiting for an undo that is aborted', async () => {
  const folder = await project(files)
  const module = pathToFileURL(path.join(folder, 'lamps.mjs')).href
  const abort = new AbortController()
  const undoing = call.run({ module, func: 'hang', arguments: {} }, new RememberingContext('/', abort.signal))
  abort.abort(new Error('enough'))
  await expect(undoing).rejects.toThrow('enough')
})

it.each([
  { name: 'a call', value: { module: 'file:///a.mjs', func: 'b', arguments: [1] }, issues: undefined },
  { name: 'a call without arguments', value: { module: 'file:///a.mjs', func: 'b' }, issues: undefined },
  { name: 'no module', value: { func: 'b' }, issues: [{ message: 'expected a text', path: ['module'] }] },
  { name: 'no object', value: null, issues: [{ message: 'expected an object' }] },
])('checks the arguments of an undo: $name', async ({ value, issues }) => {
  const result = await call.args['~standard'].validate(value)
  expect(result.issues).toEqual(issues)
})

it('describes itself in its manifest', () => {
  expect(manifestOf(driver)).toMatchObject({
    name: 'node',
    providers: { node: { schema: { required: ['type', 'module', 'func'] } } },
    undo: { call: { args: { required: ['module', 'func'] } } },
  })
})
