import { cp, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, it } from 'vitest'
import { type Project, project } from '../e2e/squall.ts'
import { here } from '../requirements.ts'

const extensions = path.join(here, 'compat/python-extensions')

/** A folder to run one of the experiments in. */
async function place(experiment: string): Promise<Project> {
  const made = await project({ 'words.txt': 'one two three' })
  await cp(path.join(extensions, 'experiments', experiment), path.join(made.folder, experiment))
  return made
}

const env = { PYTHONPATH: extensions, QUEUE_TOKEN: 'let-me-in' }

type Fields = Record<string, unknown>
interface ActivityRun {
  readonly activity: Fields
  readonly status?: string
  readonly output: unknown
  readonly exception?: readonly string[]
}
interface Journal extends Fields {
  readonly status: string
  readonly experiment: Fields
  readonly steady_states: Readonly<
    Record<
      'before' | 'after',
      { readonly steady_state_met: boolean; readonly probes: readonly ActivityRun[] } | null
    >
  >
  readonly run: readonly ActivityRun[]
  readonly rollbacks: readonly ActivityRun[]
}

async function journalOf({ folder }: Project): Promise<Journal> {
  return JSON.parse(await readFile(path.join(folder, 'journal.json'), 'utf8'))
}

const shown = (runs: readonly ActivityRun[]) =>
  runs.map(({ activity, status, output }) => [activity['name'], status, output])

it('probes, actions and tolerances of an extension', async () => {
  await using dir = await place('files.json')
  expect(await dir.squall(['validate', 'files.json'], { env })).toMatchObject({ exitCode: 0 })
  const { exitCode, stderr } = await dir.squall(['run', 'files.json'], { env })
  expect(stderr).toContain("there is no file './nowhere.txt'")
  expect(exitCode).toBe(0)
  const journal = await journalOf(dir)
  expect(journal).toMatchObject({
    status: 'completed',
    deviated: false,
    experiment: { title: 'Words survive corruption' },
  })
  expect(shown(journal.steady_states.before?.probes ?? [])).toEqual([
    ['the file exists', 'succeeded', true],
    ['enough words', 'succeeded', ['one', 'two', 'three']],
    [
      'small enough',
      'succeeded',
      {
        size: 13,
        changed: expect.stringMatching(/^\d{4}-.*\+00:00$/),
        kilobytes: '0.013',
        bounds: [0, 4096],
      },
    ],
  ])
  expect(shown(journal.run)).toEqual([
    // A list where a text is wanted: Python says so.
    ['corrupt', 'failed', null],
    ['corrupt as text', 'succeeded', { path: './words.txt', size: 27 }],
    ['remove what is not there', 'failed', null],
  ])
  expect(journal.run[0]?.exception?.at(-1)).toBe(
    'chaoslib.exceptions.ActivityFailed: TypeError: write() argument must be str, not list\n',
  )
  expect(journal.run[2]?.exception?.join('')).toContain('chaosfiles/actions.py')
  expect(journal.steady_states.after?.probes[1]?.output).toEqual(['was', "['one',", "'two',", "'three']"])
  expect(shown(journal.rollbacks)).toEqual([['restore', 'succeeded', true]])
  // The first corruption kept the words, the second what the first left.
  expect(await readFile(path.join(dir.folder, 'words.txt'), 'utf8')).toBe('')
})

it('background work, secrets and controls that change things', async () => {
  await using dir = await place('queue.json')
  const { exitCode, stderr } = await dir.squall(['run', 'queue.json'], { env })
  expect(stderr).toContain('Noted: configured for The queue takes what producers give')
  expect(exitCode).toBe(0)
  const journal = await journalOf(dir)
  expect(journal.status).toBe('completed')
  const runs = shown(journal.run).sort(([a], [b]) => String(a).localeCompare(String(b)))
  expect(runs).toEqual([
    // What `configure_control` gets is not substituted, and one pass does not substitute it later.
    ['added by a control', 'succeeded', '${queue_name}'],
    [
      'drain some',
      'succeeded',
      [
        ['orders', 0],
        ['orders', 1],
      ],
    ],
    ['no token', 'failed', null],
    ['produce', 'succeeded', 5],
    ['wait for all', 'succeeded', 5],
  ])
  expect(journal.experiment['extensions']).toEqual([
    { name: 'vendor', kept: true },
    { name: 'notes', author: 'orders', lines: 7 },
  ])
  expect(journal.run.find(({ activity }) => activity['name'] === 'no token')).toMatchObject({
    noted_failures_left: 0,
  })
  expect(journal['notes']).toMatchObject({ author: 'orders', last: 'checked: True' })
  const notes = await readFile(path.join(dir.folder, 'notes.txt'), 'utf8')
  expect(notes).toMatch(
    /^configured for [^\n]+\nchecking The queue answers\ndepth: succeeded\nchecked: True\n/,
  )
  expect(notes).toMatch(/cleaned up\n$/)
  expect(JSON.stringify(journal)).not.toContain('let-me-in')
})

it('a control ends the run', async () => {
  await using dir = await place('queue.json')
  const file = path.join(dir.folder, 'queue.json')
  await writeFile(file, (await readFile(file, 'utf8')).replace('"most_failures": 1', '"most_failures": 0'))
  const { exitCode, stderr } = await dir.squall(['run', 'queue.json'], { env })
  expect(stderr).toContain('too many failures')
  expect(exitCode).toBe(1)
  expect((await journalOf(dir)).status).toBe('interrupted')
})

it("modules of Python's standard library", async () => {
  await using dir = await place('standard-library.yaml')
  const { exitCode } = await dir.squall(['run', 'standard-library.yaml', '--no-validation'], { env })
  expect(exitCode).toBe(0)
  const journal = await journalOf(dir)
  expect(shown(journal.run)).toEqual([
    ['copy', 'succeeded', 'copy.txt'],
    ['folder', 'succeeded', expect.arrayContaining(['copy.txt', 'words.txt'])],
    ['parsed', 'succeeded', { a: [1, 2, null] }],
    ['variable', 'failed', null],
    ['removed', 'succeeded', null],
  ])
  expect(await readFile(path.join(dir.folder, 'journal.json'), 'utf8')).toContain('2.0')
})

it('discover and list what is installed', async () => {
  await using dir = await place('files.json')
  const { exitCode } = await dir.squall(['discover', 'chaostoolkit-files'], { env })
  expect(exitCode).toBe(0)
  const discovery = JSON.parse(await readFile(path.join(dir.folder, 'discovery.json'), 'utf8'))
  expect(discovery).toMatchObject({
    target: 'files',
    extension: { name: 'chaostoolkit-files', version: '0.3.0' },
    system: { files: ['files.json', 'words.txt'] },
  })
  expect(discovery.activities.map(({ type, name }: Fields) => `${type} ${name}`)).toEqual([
    'action corrupt_file',
    'action remove_file',
    'action restore_file',
    'probe facts_of',
    'probe file_exists',
    'probe read_words',
    'probe has_words',
  ])
  const { stdout } = await dir.squall(['info', 'extensions'], { env })
  expect(stdout).toMatch(/chaostoolkit-files\s+0\.3\.0\s+MIT\s+files/)
})
