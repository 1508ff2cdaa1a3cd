import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { expectJournal } from '@squall/testkit'
import { expect, it } from 'vitest'
import { eventually } from '../crash/machine.ts'
import { abandonRun, startRun } from './abandon.ts'
import { lamp, lamps, putOut, storyOf, unfinished, untilItSays } from './lamps.ts'
import { experiment, type Project, project, shell } from './squall.ts'

async function journalOf({ folder }: Project) {
  return JSON.parse(await readFile(path.join(folder, 'journal.json'), 'utf8'))
}

const litOnce = ['lit', 'out', 'lit']

it('undoes after a set time, then and only then', async () => {
  await using dir = await project({
    ...lamps,
    'experiment.json': experiment({
      configuration: { soon: 0.5 },
      method: [
        putOut('hall', 0, { undo: { after: '${soon}' } }),
        putOut('porch'),
        lamp('probe', 'look', { lamp: 'hall' }),
        shell('wait', 'until test "$(tail -1 hall)" = lit; do sleep 0.05; done'),
        lamp('probe', 'look', { lamp: 'hall' }),
        lamp('probe', 'look', { lamp: 'porch' }),
      ],
    }),
  })
  const { exitCode } = await dir.squall(['run', 'experiment.json'])
  expect(exitCode).toBe(0)
  const { run, undo } = await journalOf(dir)
  expect(run.map(({ output }: { output: unknown }) => output)).toMatchObject([
    'hall',
    'porch',
    'out',
    {},
    'lit',
    'out',
  ])
  expect(undo).toMatchObject([
    { activity: 'putOut hall', status: 'undone' },
    { activity: 'wait' },
    { activity: 'putOut porch', status: 'undone' },
  ])
  expect([storyOf(dir, 'hall'), storyOf(dir, 'porch')]).toEqual([litOnce, litOnce])
})

it('undoes once at the end of a run that ends before the time has come', async () => {
  await using dir = await project({
    ...lamps,
    'experiment.json': experiment({ method: [putOut('hall', 0, { undo: { after: 600 } })] }),
  })
  const { exitCode } = await dir.squall(['run', 'experiment.json'])
  expect(exitCode).toBe(0)
  expect(storyOf(dir, 'hall')).toEqual(litOnce)
  expectJournal(await journalOf(dir), { status: 'completed', undo: ['call: undone'] })
})

it('undoes what an activity does after the time has come, when it has ended', async () => {
  await using dir = await project({
    ...lamps,
    'experiment.json': experiment({
      method: [
        lamp('action', 'putOut', { lamp: 'hall', later: 0.6 }, { undo: { after: 0.1 } }),
        shell('wait', 'until test "$(tail -1 hall)" = lit; do sleep 0.05; done'),
      ],
    }),
  })
  const { exitCode } = await dir.squall(['run', 'experiment.json', '--max-duration', '20'])
  expect(exitCode).toBe(0)
  expect(storyOf(dir, 'hall')).toEqual(litOnce)
  const { undo } = await journalOf(dir)
  expect(undo).toMatchObject([{ activity: 'putOut hall', status: 'undone' }, { activity: 'wait' }])
})

it.each([
  { name: 'before the time has come', after: 600, story: litOnce },
  { name: 'after the time has come', after: 0.1, story: litOnce },
])('undoes once when the runner is killed $name', async ({ after, story }) => {
  await using dir = await project({
    ...lamps,
    'experiment.json': experiment({ method: [putOut('hall', 0, { undo: { after } }), putOut('porch', 600)] }),
  })
  const run = await startRun(dir, ['experiment.json'], 'porch')
  if (after < 1) await untilItSays(dir, 'hall', 'lit')
  process.kill(run.pid, 'SIGKILL')
  await eventually('the watchdog is done', () => unfinished(dir).length === 0 || undefined)
  expect([storyOf(dir, 'hall'), storyOf(dir, 'porch')]).toEqual([story, litOnce])
  expect(await journalOf(dir)).toMatchObject({ status: 'interrupted' })
})

it('undoes once when runner and watchdog are killed and somebody recovers the run', async () => {
  await using dir = await project({
    ...lamps,
    'experiment.json': experiment({
      method: [putOut('hall', 0, { undo: { after: 600 } }), putOut('porch', 600)],
    }),
  })
  await abandonRun(dir, ['experiment.json'], 'porch')
  expect(storyOf(dir, 'hall')).toEqual(['lit', 'out'])
  expect((await dir.squall(['recover', '--yes'])).exitCode).toBe(0)
  expect([storyOf(dir, 'hall'), storyOf(dir, 'porch')]).toEqual([litOnce, litOnce])
})

it('tries again at the end of the run what could not be undone in time', async () => {
  await using dir = await project({
    ...lamps,
    stuck: '',
    'experiment.json': experiment({
      method: [putOut('hall', 0, { undo: { after: 0.1 } }), shell('oil', 'sleep 3; rm stuck')],
    }),
  })
  const { exitCode, stderr } = await dir.squall(['run', 'experiment.json'])
  expect(exitCode).toBe(0)
  expect(stderr).toContain('It could not be undone after 0.1 s: ')
  expect(storyOf(dir, 'hall')).toEqual(litOnce)
  expect((await journalOf(dir)).undo).toMatchObject([{}, { activity: 'putOut hall', status: 'undone' }])
})
