import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, it } from 'vitest'
import { DeadRun } from '../../../test/dead-run.ts'
import { identityOf } from '../process-identity.ts'
import { heal } from './heal.ts'

it('waits until a runner that let go of its pipe is gone', async () => {
  const sleeper = spawn('sleep', ['60'], { stdio: 'ignore' })
  await once(sleeper, 'spawn')
  const runner = identityOf(sleeper.pid ?? 0)
  if (!runner) throw new Error('There is no runner.')
  const run = await DeadRun.after((dead) => [dead.started(), dead.registered(1, 'one')], { runner })
  let isOver = false
  const healing = heal(run.folder).then(() => {
    isOver = true
  })
  // It has looked several times by then.
  await new Promise((resolve) => setTimeout(resolve, 100))
  expect({ isOver, trace: await run.trace() }).toEqual({ isOver: false, trace: [] })
  sleeper.kill('SIGKILL')
  await healing
  expect(await run.trace()).toEqual(['mend one'])
  expect(await run.unfinished()).toEqual([])
})

it('removes what is left of a runner that died before its card was there', async () => {
  const run = await DeadRun.after(() => [])
  const other = path.join(path.dirname(run.folder), 'two')
  await mkdir(other)
  await writeFile(path.join(other, 'run.json.part'), '{')
  await heal(other)
  expect(await run.unfinished()).toEqual(['one'])
})

it('gives up what cannot be undone, so that somebody else can try', async () => {
  const run = await DeadRun.after((dead) => [dead.started(), dead.registered(1, 'one', 'mend_unless')])
  await writeFile(run.obstacle, '')
  await heal(run.folder)
  expect(await run.unfinished()).toEqual(['one'])
  expect((await run.journal()).undo).toMatchObject([{ status: 'failed' }])
})
