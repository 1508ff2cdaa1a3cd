import { mkdir, readFile, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { expect, it } from 'vitest'
import { eventually } from '../crash/machine.ts'
import { type StartedRun, startRun } from './abandon.ts'
import { lamp, lamps, putOut, storyOf, unfinished, untilItSays } from './lamps.ts'
import { experiment, type Project, project, shell } from './squall.ts'
import { stateOf } from './targets.ts'

const endless = experiment({
  method: [
    putOut('porch', 600, { background: true }),
    putOut('hall'),
    shell('wait', 'exec sleep 600'),
    shell('never', 'touch never'),
  ],
})

async function journalOf({ folder }: Project, file = 'journal.json') {
  return JSON.parse(await readFile(path.join(folder, file), 'utf8'))
}

async function expectStopped(dir: Project, { ended }: StartedRun, by: string): Promise<void> {
  const { exitCode, signal, stderr } = await ended
  expect({ exitCode, signal }).toEqual({ exitCode: 1, signal: undefined })
  expect(stderr).toContain(`Interrupted by ${by}.`)
  expect([storyOf(dir, 'hall'), storyOf(dir, 'porch')]).toEqual([
    ['lit', 'out', 'lit'],
    ['lit', 'out', 'lit'],
  ])
  expect(await journalOf(dir)).toMatchObject({
    status: 'interrupted',
    reason: `The run was interrupted: ${by}`,
    run: [{ activity: { name: 'putOut porch' } }, { status: 'succeeded' }, { activity: { name: 'wait' } }],
  })
  expect(unfinished(dir)).toEqual([])
}

it('ends the one run there is, from another folder: background work too, undone and written down', async () => {
  await using dir = await project({ ...lamps, 'experiment.json': endless })
  const run = await startRun(dir, ['experiment.json'])
  const { stdout, exitCode } = await dir.squall(['stop'], { cwd: os.tmpdir() })
  expect({ stdout, exitCode }).toEqual({ stdout: `The run of pid ${run.pid} was told to stop.`, exitCode: 0 })
  await expectStopped(dir, run, 'a stop request')
})

it('ends one of several by its pid and leaves the others alone, then all of them', async () => {
  await using dir = await project({
    ...lamps,
    attic: 'lit\n',
    'hall.json': experiment({ method: [putOut('hall', 600)] }),
    'porch.json': experiment({ method: [putOut('porch', 600)] }),
    'attic.json': experiment({ method: [putOut('attic', 600)] }),
  })
  const start = (name: string) =>
    startRun(dir, [`${name}.json`, '--journal-path', `${name}-journal.json`], name)
  const [hall, porch, attic] = [await start('hall'), await start('porch'), await start('attic')]

  const undecided = await dir.squall(['stop'])
  expect(undecided.exitCode).toBe(1)
  expect(undecided.stderr).toMatch(/^3 runs are going on \(pids \d+, \d+, \d+\): name one, or say --all\.$/)

  const one = await dir.squall(['stop', String(porch.pid)])
  expect(one).toMatchObject({ exitCode: 0, stdout: `The run of pid ${porch.pid} was told to stop.` })
  expect((await porch.ended).exitCode).toBe(1)
  expect(['hall', 'porch', 'attic'].map((name) => storyOf(dir, name).at(-1))).toEqual(['out', 'lit', 'out'])

  const rest = await dir.squall(['stop', '--all'])
  expect(rest.exitCode).toBe(0)
  expect(rest.stdout.split('\n').sort()).toEqual(
    [hall, attic].map(({ pid }) => `The run of pid ${pid} was told to stop.`).sort(),
  )
  expect([(await hall.ended).exitCode, (await attic.ended).exitCode]).toEqual([1, 1])
  expect(['hall', 'attic'].map((name) => storyOf(dir, name).at(-1))).toEqual(['lit', 'lit'])
  for (const name of ['hall', 'porch', 'attic'])
    expect((await journalOf(dir, `${name}-journal.json`)).status).toBe('interrupted')
})

it.each([
  { name: 'no run', words: ['stop'], says: 'No run is going on.' },
  { name: 'no run at all', words: ['stop', '--all'], says: 'No run is going on.' },
  { name: 'no run of that pid', words: ['stop', '1'], says: 'No run of pid 1 is going on.' },
])('says that there is $name, and exits with 1', async ({ words, says }) => {
  await using dir = await project()
  const { stdout, stderr, exitCode } = await dir.squall(words)
  expect({ stdout, stderr, exitCode }).toEqual({ stdout: says, stderr: '', exitCode: 1 })
})

it('does not cut short the undoing of a run that was told to stop before', async () => {
  await using dir = await project({
    ...lamps,
    slow: '',
    'experiment.json': experiment({ method: [putOut('hall', 600)] }),
  })
  const run = await startRun(dir, ['experiment.json', '--event-log', 'log'])
  const logOf = (): Promise<string> => readFile(path.join(dir.folder, 'log', '000001.log'), 'utf8')
  await dir.squall(['stop'])
  await dir.squall(['stop'])
  expect((await run.ended).exitCode).toBe(1)
  expect(await journalOf(dir)).toMatchObject({ undo: [{ status: 'undone' }] })
  expect((await logOf()).match(/"type":"undo-completed"/g)).toHaveLength(1)
})

it('ends the run when the stop file appears', async () => {
  await using dir = await project({ ...lamps, 'experiment.json': endless })
  const run = await startRun(dir, ['experiment.json', '--stop-file', 'deep/halt'])
  await mkdir(path.join(dir.folder, 'deep'))
  await writeFile(path.join(dir.folder, 'deep', 'halt'), '')
  await expectStopped(dir, run, 'a stop request')
})

it('plays nothing when the stop file is there already', async () => {
  await using dir = await project({ ...lamps, halt: '', 'experiment.json': endless })
  const { exitCode } = await dir.squall(['run', 'experiment.json', '--stop-file', 'halt'])
  expect(exitCode).toBe(1)
  expect(await journalOf(dir)).toMatchObject({ status: 'interrupted', run: [] })
  expect(storyOf(dir, 'hall')).toEqual(['lit'])
})

it('ends the run after its maximum duration: background work too, undone and written down', async () => {
  await using dir = await project({ ...lamps, 'experiment.json': endless })
  const run = await startRun(dir, ['experiment.json', '--max-duration', '1.5'])
  await expectStopped(dir, run, 'its maximum duration')
})

it('does not cut short rollbacks and undoing that have begun when the time is up', async () => {
  await using dir = await project({
    ...lamps,
    slow: '',
    'experiment.json': experiment({
      method: [putOut('hall')],
      rollbacks: [shell('tidy', 'sleep 1.2; touch tidied')],
    }),
  })
  const { exitCode } = await dir.squall(['run', 'experiment.json', '--max-duration', '1'])
  expect(exitCode).toBe(0)
  expect(await journalOf(dir)).toMatchObject({
    status: 'completed',
    rollbacks: [{ status: 'succeeded' }],
    undo: [{ status: 'not needed' }, { status: 'undone' }],
  })
})

it('fails an activity that takes longer than its maximum duration, ends its program, and goes on', async () => {
  await using dir = await project({
    ...lamps,
    'experiment.json': experiment({
      configuration: { limit: 0.5 },
      method: [
        shell('hang', 'echo $$ > pid; exec sleep 600', { max_duration: '${limit}' }),
        putOut('hall', 600, { max_duration: 0.3 }),
        shell('in time', 'true', { max_duration: 30 }),
        lamp('probe', 'look', { lamp: 'hall' }),
      ],
    }),
  })
  const { exitCode } = await dir.squall(['run', 'experiment.json'])
  expect(exitCode).toBe(0)
  const { status, run } = await journalOf(dir)
  expect(status).toBe('completed')
  expect(run).toMatchObject([
    { status: 'failed', exception: ['ActivityFailed: It took longer than its maximum duration of 0.5 s.\n'] },
    { status: 'failed', exception: ['ActivityFailed: It took longer than its maximum duration of 0.3 s.\n'] },
    { status: 'succeeded' },
    { output: 'out' },
  ])
  for (const { duration } of run.slice(0, 2)) expect(duration).toBeLessThan(5)
  const pid = Number(await readFile(path.join(dir.folder, 'pid'), 'utf8'))
  await eventually('the program has ended', () => ['', 'Z'].includes(stateOf(pid)) || undefined)
  expect(storyOf(dir, 'hall')).toEqual(['lit', 'out', 'lit'])
})

it('does not touch a run of another home', async () => {
  await using dir = await project({
    ...lamps,
    'experiment.json': experiment({ method: [putOut('hall', 600)] }),
  })
  await using other = await project()
  const run = await startRun(dir, ['experiment.json'])
  expect((await other.squall(['stop', String(run.pid)])).exitCode).toBe(1)
  expect((await dir.squall(['stop', '--all'])).exitCode).toBe(0)
  await untilItSays(dir, 'hall', 'lit')
  expect((await run.ended).exitCode).toBe(1)
})
