import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { systemClock } from '../src/host/clock.ts'
import { DriverRegistry, driverObjects, openUndoScope, type UndoScope } from '../src/index.ts'
import { scratchFolder } from './scratch-folder.ts'
import { toyDriver } from './toy-driver.ts'

const before = process.env['XDG_STATE_HOME']
const state = await scratchFolder()
beforeEach(() => {
  process.env['XDG_STATE_HOME'] = state
})
afterEach(() => {
  if (before === undefined) delete process.env['XDG_STATE_HOME']
  else process.env['XDG_STATE_HOME'] = before
})

function openScope(): { scope: UndoScope; trace: readonly string[] } {
  const { driver, trace } = toyDriver()
  const packages = driverObjects([driver])
  const [from] = packages
  if (!from) throw new Error('no driver')
  const registry = new DriverRegistry(packages)
  const scope = openUndoScope({ title: 'a fault', driver: from, registry, clock: systemClock })
  return { scope, trace }
}

function logs(): string[] {
  const folder = path.join(state, 'squall', 'runs')
  return existsSync(folder) ? readdirSync(folder) : []
}

it('undoes what was registered, the newest first, and leaves nothing in the state folder', async () => {
  const { scope, trace } = openScope()
  await scope.register('mend', { thing: 'one' })
  const second = await scope.register('mend', { thing: 'two' })
  await second.amend({ thing: 'three' })
  expect(logs()).toHaveLength(1)
  await scope.settle()
  expect(trace).toEqual(['mend three', 'mend one'])
  expect(logs()).toEqual([])
})

it('writes nothing when nothing was registered', async () => {
  const { scope, trace } = openScope()
  await scope.settle()
  expect({ trace, logs: logs() }).toEqual({ trace: [], logs: [] })
})

it('tells of an undo that failed', async () => {
  const { scope } = openScope()
  await scope.register('mend_badly', { thing: 'one' })
  await expect(scope.settle()).rejects.toMatchObject({ code: 'SQUALL_UNDO_FAILED' })
})

it('registers nothing after it was settled', async () => {
  const { scope } = openScope()
  await scope.register('mend', { thing: 'one' })
  await scope.settle()
  await expect(scope.register('mend', { thing: 'two' })).rejects.toMatchObject({
    code: 'SQUALL_UNDO_NOT_RECORDED',
  })
})
