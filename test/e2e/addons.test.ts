import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { here } from '../requirements.ts'
import { experiment, type Project, project, shell } from './squall.ts'

const driver = ['--driver', path.join(here, '../packages/driver-addons')]

/** As files of Chaos Toolkit name them, and as squall does. */
const spellings = [
  {
    how: 'by its Python module',
    named: (name: string) => ({ type: 'python', module: `chaosaddons.controls.${name}` }),
  },
  { how: 'as a control of the driver', named: (name: string) => ({ type: 'addons', control: name }) },
]

async function run(
  document: object,
): Promise<{ dir: Project; exitCode: number | undefined; stderr: string; journal: Journal }> {
  const dir = await project({ 'e.json': document })
  const { exitCode, stderr } = await dir.squall(['run', 'e.json', ...driver])
  const text = await readFile(path.join(dir.folder, 'journal.json'), 'utf8').catch(() => '{"run":[]}')
  return { dir, exitCode, stderr, journal: JSON.parse(text) }
}

interface Journal {
  readonly status: string
  readonly run: { activity: { name: string; iteration_index?: number }; status: string; output: unknown }[]
  readonly steady_states: { before: unknown }
}

const look = (name: string, command: string, more: object = {}) => ({
  ...shell(name, command),
  type: 'probe',
  tolerance: { type: 'range', target: 'status', range: [0, 0] },
  ...more,
})

describe.each(spellings)('$how', ({ named }) => {
  const control = (name: string, args: object = {}) => ({
    name,
    provider: { ...named(name), arguments: args },
  })

  it('a safeguard keeps a run from its first check and its first activity', async () => {
    const { dir, exitCode, stderr, journal } = await run(
      experiment({
        controls: [control('safeguards', { probes: [look('load', 'exit 1')] }), control('synchronization')],
        'steady-state-hypothesis': { title: 'h', probes: [look('first', 'touch checked')] },
        method: [shell('harm', 'touch harmed')],
      }),
    )
    await using _ = dir
    expect(stderr).toContain("Safeguard 'load' triggered the end of the experiment")
    expect(exitCode).toBe(1)
    expect(journal).toMatchObject({ status: 'interrupted', run: [], steady_states: { before: null } })
    expect(['checked', 'harmed'].filter((file) => existsSync(path.join(dir.folder, file)))).toEqual([])
  })

  it('a safeguard that is declared wrongly is found at validation', async () => {
    const { tolerance: _, ...untold } = look('load', 'true') as Record<string, unknown>
    const document = experiment({ controls: [control('safeguards', { probes: [untold] })] })
    await using dir = await project({ 'e.json': document })
    const { exitCode, stderr } = await dir.squall(['validate', 'e.json', ...driver])
    expect(stderr).toMatch(
      /e\.json:\d+:\d+ error Arguments of the control 'safeguards': probes\.0\.tolerance: /,
    )
    expect(exitCode).toBe(1)
  })

  it('a safeguard ends what is under way, background activities too, and rollbacks are played', async () => {
    const { dir, exitCode, journal } = await run(
      experiment({
        controls: [control('safeguards', { probes: [look('load', 'test ! -e harmed', { frequency: 0.1 })] })],
        method: [
          shell('beside', 'sleep 60', { background: true }),
          shell('harm', 'touch harmed'),
          shell('wait', 'sleep 60'),
          shell('never', 'touch never'),
        ],
        rollbacks: [shell('mend', 'rm harmed; touch mended')],
        runtime: { rollbacks: { strategy: 'always' } },
      }),
    )
    await using _ = dir
    expect(exitCode).toBe(1)
    expect(journal.status).toBe('interrupted')
    expect(journal.run.map(({ activity, status }) => [activity.name, status])).toEqual([
      ['beside', undefined],
      ['harm', 'succeeded'],
      ['wait', undefined],
    ])
    expect(existsSync(path.join(dir.folder, 'mended'))).toBe(true)
  })

  it('bypass leaves activities out', async () => {
    const { dir, journal } = await run(
      experiment({
        controls: [control('bypass', { target_type: 'probe', target_names: ['harm'] })],
        method: [shell('harm', 'touch harmed'), look('look', 'touch looked'), shell('play', 'touch played')],
      }),
    )
    await using _ = dir
    expect(journal.status).toBe('completed')
    expect(journal.run.map(({ status, output }) => [status, output === null])).toEqual([
      ['succeeded', true],
      ['succeeded', true],
      ['succeeded', false],
    ])
    const there = ['harmed', 'looked', 'played'].filter((file) => existsSync(path.join(dir.folder, file)))
    expect(there).toEqual(['played'])
  })

  it('repeat plays an activity several times, and each is in the journal', async () => {
    const args = { repeat_count: 3, break_if_previous_iteration_failed: true }
    const { dir, journal } = await run(
      experiment({
        method: [
          shell('again', 'echo . >> count', { controls: [control('repeat', args)] }),
          { ref: 'again' },
          shell('last', 'true'),
        ],
      }),
    )
    await using _ = dir
    expect(journal.run.map(({ activity }) => [activity.name, activity.iteration_index])).toEqual([
      ['again', undefined],
      ['again', 1],
      ['again', 2],
      ['again', undefined],
      ['last', undefined],
    ])
    expect(await readFile(path.join(dir.folder, 'count'), 'utf8')).toBe('.\n.\n.\n.\n')
  })
})

it.each([
  { type: 'python', module: 'chaosaddons.utils.idle', func: 'idle_for' },
  { type: 'addons', func: 'idle_for' },
])('$type idles', async (provider) => {
  const idle = { type: 'action', name: 'idle', provider: { ...provider, arguments: { duration: 0.2 } } }
  const { dir, journal, stderr } = await run(experiment({ method: [idle] }))
  await using _ = dir
  expect(journal.run, stderr).toMatchObject([{ status: 'succeeded', output: null }])
  expect((journal.run[0] as unknown as { duration: number }).duration).toBeGreaterThan(0.19)
})
