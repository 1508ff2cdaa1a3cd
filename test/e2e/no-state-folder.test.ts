import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, it } from 'vitest'
import { lamp, lamps, putOut, storyOf } from './lamps.ts'
import { experiment, type Project, project } from './squall.ts'

// Nobody can make a folder in there, root included.
const env = { HOME: '/dev/null' }

async function journalOf({ folder }: Project) {
  return JSON.parse(await readFile(path.join(folder, 'journal.json'), 'utf8'))
}

const look = lamp('probe', 'look', { lamp: 'hall' })

it.each([
  { name: 'with nothing to undo', parts: { method: [look] }, words: [] },
  { name: 'that takes longer', parts: { method: [{ ...look, pauses: { after: 0.3 } }] }, words: [] },
  {
    name: 'whose rollbacks are always played',
    parts: { method: [look], rollbacks: [look] },
    words: ['--rollback-strategy', 'always'],
  },
])('runs an experiment $name without a state folder', async ({ parts, words }) => {
  await using dir = await project({ ...lamps, 'experiment.json': experiment(parts) })
  const { exitCode } = await dir.squall(['run', 'experiment.json', ...words], { env })
  expect(exitCode).toBe(0)
  const { status, run, rollbacks } = await journalOf(dir)
  expect(status).toBe('completed')
  for (const { output } of [...run, ...rollbacks]) expect(output).toBe('lit')
})

it('says what is missing when the rollbacks cannot be guarded', async () => {
  await using dir = await project({
    ...lamps,
    'experiment.json': experiment({ method: [look], rollbacks: [look] }),
  })
  const always = await dir.squall(['run', 'experiment.json', '--rollback-strategy', 'always'], { env })
  expect(always.stderr).toContain('Nobody will play the rollbacks should this process disappear: ')
  const asked = await dir.squall(['run', 'experiment.json', '--on-crash', 'rollbacks'], { env })
  expect(asked.exitCode).toBe(1)
  expect(asked.stderr).toContain('(SQUALL_LOG_BROKEN)')
})

it('fails an activity that needs an undo before the harm, and goes on', async () => {
  await using dir = await project({
    ...lamps,
    'experiment.json': experiment({ method: [putOut('hall'), look] }),
  })
  const { exitCode, stderr } = await dir.squall(['run', 'experiment.json'], { env })
  expect(exitCode).toBe(0)
  expect(stderr).toContain(
    "'putOut hall' was stopped before it changed anything: its undo could not be written",
  )
  expect(stderr).toContain('next: Make the state folder writable')
  const { run } = await journalOf(dir)
  expect(run).toMatchObject([{ status: 'failed' }, { status: 'succeeded', output: 'lit' }])
  expect(storyOf(dir, 'hall')).toEqual(['lit'])
})

it.each([
  { words: ['plan', 'experiment.json'] },
  { words: ['validate', 'experiment.json'] },
  { words: ['drivers'] },
  { words: ['recover', '--list'] },
])('does not need one for squall $words, and makes none', async ({ words }) => {
  await using dir = await project({ ...lamps, 'experiment.json': experiment({ method: [putOut('hall')] }) })
  expect((await dir.squall(words, { env })).exitCode).toBe(0)
  expect((await dir.squall(words)).exitCode).toBe(0)
  expect(existsSync(path.join(dir.home, '.local'))).toBe(false)
})
