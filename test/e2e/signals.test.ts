import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, it } from 'vitest'
import { eventually } from '../crash/machine.ts'
import { lamps, putOut, storyOf, untilItSays } from './lamps.ts'
import { type Ended, experiment, type Project, project, shell } from './squall.ts'

const signals = ['SIGINT', 'SIGTERM', 'SIGUSR1', 'SIGUSR2'] as const

/** What the log says of a signal, in the words of the reference. */
const heardOf = /Caught SIG|Received a termination signal|Received the exit signal/

async function journalOf({ folder }: Project) {
  return JSON.parse(await readFile(path.join(folder, 'journal.json'), 'utf8'))
}

async function untilThereIs({ folder }: Project, file: string): Promise<void> {
  await eventually(`there is ${file}`, () => existsSync(path.join(folder, file)) || undefined)
}

/** Runs the experiment and sends it signals once a file is there; the second one after the first was heard. */
async function interruptedAt(
  dir: Project,
  file: string,
  by: readonly NodeJS.Signals[],
  words: readonly string[] = [],
): Promise<Ended> {
  const run = dir.squall(['--log-file', 'log', 'run', 'e.json', ...words])
  await untilThereIs(dir, file)
  for (const [sent, signal] of by.entries()) {
    run.kill(signal)
    const heard = async () => {
      const log = await readFile(path.join(dir.folder, 'log'), 'utf8').catch(() => '')
      return log.split(heardOf).length > sent + 1 || undefined
    }
    await eventually(`${signal} was heard`, heard)
  }
  return run
}

it.each(signals)('%s ends a foreground activity, undoes what was done and leaves a journal', async (by) => {
  await using dir = await project({
    ...lamps,
    'e.json': experiment({
      method: [putOut('hall'), shell('wait', 'touch waiting; exec sleep 600'), shell('never', 'touch never')],
      rollbacks: [shell('back', 'touch back')],
    }),
  })
  const { exitCode, signal } = await interruptedAt(dir, 'waiting', [by], ['--rollback-strategy', 'always'])
  expect({ exitCode, signal }).toEqual({ exitCode: 1, signal: undefined })
  expect(await journalOf(dir)).toMatchObject({
    status: 'interrupted',
    reason: `The run was interrupted: ${by}`,
    run: [{ status: 'succeeded' }, { output: null }],
  })
  expect(storyOf(dir, 'hall')).toEqual(['lit', 'out', 'lit'])
  expect(['never', 'back'].map((file) => existsSync(path.join(dir.folder, file)))).toEqual([
    false,
    by !== 'SIGUSR2',
  ])
})

const besideBackground = experiment({
  method: [
    shell('beside', 'touch beside; while ! test -e enough; do sleep 0.05; done; touch done', {
      background: true,
    }),
    shell('wait', 'while ! test -e beside; do sleep 0.05; done; touch waiting; exec sleep 600'),
  ],
})

it('background work is awaited after one signal', async () => {
  await using dir = await project({ 'e.json': besideBackground })
  const run = interruptedAt(dir, 'waiting', ['SIGTERM'])
  await eventually('the signal was heard', async () => {
    const log = await readFile(path.join(dir.folder, 'log'), 'utf8').catch(() => '')
    return log.includes('Caught SIGTERM') || undefined
  })
  // Only now does it come to its end.
  await writeFile(path.join(dir.folder, 'enough'), '')
  expect((await run).exitCode).toBe(1)
  expect(existsSync(path.join(dir.folder, 'done'))).toBe(true)
  const { status, run: runs } = await journalOf(dir)
  expect({ status, runs }).toMatchObject({
    status: 'interrupted',
    runs: [{ status: 'succeeded' }, { output: null }],
  })
})

it.each([
  ['SIGINT', 'SIGINT'],
  ['SIGTERM', 'SIGUSR2'],
] as const)('background work is ended by a second one: %s, %s', async (...by) => {
  await using dir = await project({ 'e.json': besideBackground })
  const { exitCode, signal } = await interruptedAt(dir, 'waiting', by)
  expect({ exitCode, signal }).toEqual({ exitCode: 1, signal: undefined })
  const { status, run } = await journalOf(dir)
  expect(status).toBe('interrupted')
  expect(run.map((entry: { status?: string }) => entry.status)).toEqual([undefined, undefined])
  expect(existsSync(path.join(dir.folder, 'done'))).toBe(false)
})

it('a hook of a control that hangs does not hold up the end', async () => {
  await using dir = await project({
    ...lamps,
    'control.mjs': `
      import { writeFileSync } from 'node:fs'
      export function beforeMethod() {
        writeFileSync('hooked', '')
        return new Promise((resolve) => setTimeout(resolve, 600_000))
      }
    `,
    'e.json': experiment({
      controls: [{ name: 'slow', provider: { type: 'node', module: './control.mjs' } }],
      method: [putOut('hall')],
    }),
  })
  const { exitCode, signal } = await interruptedAt(dir, 'hooked', ['SIGTERM'])
  expect({ exitCode, signal }).toEqual({ exitCode: 1, signal: undefined })
  expect(await journalOf(dir)).toMatchObject({ status: 'interrupted', run: [] })
  expect(storyOf(dir, 'hall')).toEqual(['lit'])
})

it('a signal in the rollbacks stops the remaining ones', async () => {
  await using dir = await project({
    'e.json': experiment({
      rollbacks: [shell('first', 'touch first; exec sleep 600'), shell('second', 'touch second')],
    }),
  })
  expect((await interruptedAt(dir, 'first', ['SIGINT'])).exitCode).toBe(1)
  expect(await journalOf(dir)).toMatchObject({ status: 'interrupted', rollbacks: [{ output: null }] })
  expect(existsSync(path.join(dir.folder, 'second'))).toBe(false)
})

it('one signal while something is undone waits for it', async () => {
  await using dir = await project({ ...lamps, slow: '', 'e.json': experiment({ method: [putOut('hall')] }) })
  const run = dir.squall(['run', 'e.json'])
  await untilItSays(dir, 'hall', 'out')
  run.kill('SIGTERM')
  await run
  expect(storyOf(dir, 'hall')).toEqual(['lit', 'out', 'lit'])
  expect((await journalOf(dir)).undo).toMatchObject([{ status: 'undone' }])
})
