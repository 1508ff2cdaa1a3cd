import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Driver, manifestOf } from '@squall/contract'
import { expect, it } from 'vitest'
import { DriverRegistry, UndoRun } from '../src/index.ts'
import { scratchFolder } from './scratch-folder.ts'

// Handed over as an object, so no watchdog is needed; what one does for it is tested in test/e2e.
const file = fileURLToPath(new URL('./mending-driver.mjs', import.meta.url))

async function stage(): Promise<{ run: UndoRun; folder: string; trace: string }> {
  const root = await scratchFolder()
  const { default: driver } = (await import(file)) as { default: Driver }
  const installed = {
    ...{ name: 'mending', version: '1.0.0', file: '', folder: path.dirname(file) },
    ...{ manifest: manifestOf(driver), load: async () => driver },
  }
  const folder = path.join(root, 'runs', 'one')
  const registry = new DriverRegistry([installed])
  const run = new UndoRun({ title: 'chaos: a fault', driver: installed, registry, folder })
  return { run, folder, trace: path.join(root, 'trace') }
}

it('writes nothing when nothing is registered', async () => {
  const { run, folder } = await stage()
  await run.settle()
  expect(existsSync(folder)).toBe(false)
})

it('records before the harm, undoes the newest first and leaves no log behind', async () => {
  const { run, folder, trace } = await stage()
  await run.register('mend', { trace, thing: 'one' })
  expect(existsSync(folder)).toBe(true)
  const second = await run.register('mend', { trace, thing: 'two' })
  await second.amend({ trace, thing: 'number two' })
  await run.settle()
  expect(await readFile(trace, 'utf8')).toBe('mend number two\nmend one\n')
  expect(existsSync(folder)).toBe(false)
})

it('refuses an undo function that the driver does not have', async () => {
  const { run } = await stage()
  await expect(run.register('unheard_of', {})).rejects.toMatchObject({ code: 'SQUALL_UNDO_UNKNOWN' })
  await run.settle()
})
