import { existsSync } from 'node:fs'
import { readFile, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { execa } from 'execa'
import { expect, it } from 'vitest'
import { eventually } from '../crash/machine.ts'
import { abandonRun, startRun } from './abandon.ts'
import { contentsOf, lamps, putOut, storyOf, unfinished } from './lamps.ts'
import { experiment, type Project, project, shell, squallFile } from './squall.ts'

const inTheHall = experiment({
  method: [putOut('hall'), putOut('porch', 600), shell('never', 'touch never')],
})
const files = { ...lamps, 'experiment.json': inTheHall }

const notice = (runs: string): string =>
  `${runs} may have left something behind: see \`squall recover --list\`.`

async function journalOf({ folder }: Project, file = 'journal.json') {
  return JSON.parse(await readFile(path.join(folder, file), 'utf8'))
}

/** A project whose run was killed together with its watchdog, with both lamps out. */
async function abandoned(
  more: Readonly<Record<string, unknown>> = {},
): Promise<{ dir: Project; pid: number }> {
  const dir = await project({ ...files, ...more })
  const pid = await abandonRun(dir, ['experiment.json'], 'porch')
  return { dir, pid }
}

function expectBothOut(dir: Project): void {
  expect([storyOf(dir, 'hall'), storyOf(dir, 'porch')]).toEqual([
    ['lit', 'out'],
    ['lit', 'out'],
  ])
}

function expectBothLitOnce(dir: Project): void {
  expect([storyOf(dir, 'hall'), storyOf(dir, 'porch')]).toEqual([
    ['lit', 'out', 'lit'],
    ['lit', 'out', 'lit'],
  ])
}

it('says that nothing was left behind', async () => {
  await using dir = await project()
  for (const words of [['recover'], ['recover', '--list'], ['recover', '--yes']]) {
    const { stdout, stderr, exitCode } = await dir.squall(words)
    expect({ stdout, stderr, exitCode }).toEqual({
      stdout: 'Nothing was left behind.',
      stderr: '',
      exitCode: 0,
    })
  }
  expect(contentsOf(path.join(dir.home, '.local'))).toEqual({})
})

it('lists what there is to undo, newest first, and changes nothing', async () => {
  const { dir, pid } = await abandoned()
  await using _dir = dir
  const before = contentsOf(path.join(dir.home, '.local'))
  const { stdout, stderr, exitCode } = await dir.squall(['recover', '--list'])
  const [folder] = unfinished(dir)
  expect(stdout.split('\n')).toEqual([
    `run of pid ${pid} in ${dir.folder} (${path.join(dir.home, '.local/state/squall/runs', folder ?? '')})`,
    "  to undo: call of 'putOut porch'",
    "  to undo: call of 'putOut hall'",
  ])
  expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 })
  expect(contentsOf(path.join(dir.home, '.local'))).toEqual(before)
  expectBothOut(dir)
})

it('does nothing and exits with 1 when nobody can be asked and --yes is not given', async () => {
  const { dir } = await abandoned()
  await using _dir = dir
  const before = contentsOf(path.join(dir.home, '.local'))
  const { stdout, stderr, exitCode } = await dir.squall(['recover'])
  expect(stdout).toContain('to undo')
  expect(stderr).toBe('Nothing was done. `squall recover --yes` undoes what these runs left behind.')
  expect(exitCode).toBe(1)
  expect(contentsOf(path.join(dir.home, '.local'))).toEqual(before)
  expectBothOut(dir)
})

it.each([
  { answer: 'n', code: 1, story: ['lit', 'out'] },
  { answer: '', code: 1, story: ['lit', 'out'] },
  { answer: 'y', code: 0, story: ['lit', 'out', 'lit'] },
])('asks where there is a terminal, and does as it is told: $answer', async ({ answer, code, story }) => {
  const { dir } = await abandoned()
  await using _dir = dir
  // `script` gives the command a terminal of its own.
  const line = [process.execPath, squallFile, 'recover'].map((word) => `'${word}'`).join(' ')
  const terminal = execa('script', ['--quiet', '--return', '--command', line, '/dev/null'], {
    cwd: dir.folder,
    env: { HOME: dir.home, XDG_STATE_HOME: undefined, NO_COLOR: '1' },
    timeout: 30_000,
    reject: false,
  })
  let said = ''
  terminal.stdout.on('data', (chunk: Buffer) => {
    said += chunk
  })
  await eventually('it asks', () => said.includes('Undo what they left behind? [y/N]') || undefined)
  terminal.stdin.write(`${answer}\n`)
  expect((await terminal).exitCode).toBe(code)
  expect(storyOf(dir, 'hall')).toEqual(story)
})

it('finishes with --yes, from another folder: undone once, and the journal written', async () => {
  const { dir, pid } = await abandoned()
  await using _dir = dir
  const { stdout, stderr, exitCode } = await dir.squall(['recover', '--yes'], { cwd: os.tmpdir() })
  expect(stdout.split('\n').slice(3)).toEqual([
    "✓ call of 'putOut porch': undone",
    "✓ call of 'putOut hall': undone",
    `Journal: ${path.join(dir.folder, 'journal.json')}`,
  ])
  expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 })
  expectBothLitOnce(dir)
  expect(await journalOf(dir)).toMatchObject({
    status: 'interrupted',
    reason: `the runner disappeared (pid ${pid})`,
    undo: [{ status: 'undone' }, { status: 'undone' }],
  })
  expect(unfinished(dir)).toEqual([])
  expect(await dir.squall(['recover', '--yes'])).toMatchObject({ stdout: 'Nothing was left behind.' })
})

it('answers in JSON, before and after', async () => {
  const { dir, pid } = await abandoned()
  await using _dir = dir
  const common = {
    runner: { pid },
    workingDirectory: dir.folder,
    journalPath: path.join(dir.folder, 'journal.json'),
  }
  const list = await dir.squall(['recover', '--list', '--json'])
  expect(JSON.parse(list.stdout)).toMatchObject([
    { ...common, toUndo: [{ activity: 'putOut porch' }, { activity: 'putOut hall', func: 'call' }] },
  ])
  const done = await dir.squall(['recover', '--yes', '--json'])
  expect(JSON.parse(done.stdout)).toMatchObject([
    { ...common, status: 'healed', undo: [{ status: 'undone' }, { status: 'undone' }] },
  ])
  const rest = await dir.squall(['recover', '--list', '--json'])
  expect(JSON.parse(rest.stdout)).toEqual([])
})

it('leaves runs alone that go on, beside one that was cut off', async () => {
  const { dir } = await abandoned({
    attic: 'lit\n',
    'attic.json': experiment({ method: [putOut('attic', 600)] }),
  })
  await using _dir = dir
  const running = await startRun(dir, ['attic.json', '--journal-path', 'attic-journal.json'], 'attic')
  expect((await dir.squall(['recover', '--list'])).stdout).not.toContain(`pid ${running.pid} `)
  const { stdout, exitCode } = await dir.squall(['recover', '--yes'])
  expect(exitCode).toBe(0)
  expect(stdout).not.toContain('attic')
  expectBothLitOnce(dir)
  expect(storyOf(dir, 'attic')).toEqual(['lit', 'out'])
  expect(unfinished(dir)).toHaveLength(1)
  expect(await dir.squall(['recover', '--yes'])).toMatchObject({
    exitCode: 0,
    stdout: 'Nothing was left behind.',
  })
  expect(storyOf(dir, 'attic')).toEqual(['lit', 'out'])
  await dir.squall(['stop'])
  expect((await running.ended).exitCode).toBe(1)
  expect(storyOf(dir, 'attic')).toEqual(['lit', 'out', 'lit'])
})

it('keeps a failed undo for another try, which succeeds once the cause is gone', async () => {
  const { dir } = await abandoned({ stuck: '' })
  await using _dir = dir
  const first = await dir.squall(['recover', '--yes'])
  expect(first.exitCode).toBe(1)
  expect(first.stdout).toContain("✗ call of 'putOut hall': failed ('light' of ")
  expect(first.stdout).toContain('threw Error: the switch is stuck)')
  expect(first.stdout.split('\n').at(-1)).toBe('What is left stays listed; `squall recover` tries again.')
  expectBothOut(dir)
  expect(await journalOf(dir)).toMatchObject({ undo: [{ status: 'failed' }, { status: 'failed' }] })
  expect(unfinished(dir)).toHaveLength(1)

  await rm(path.join(dir.folder, 'stuck'))
  const second = await dir.squall(['recover', '--yes'])
  expect(second.exitCode).toBe(0)
  expect(second.stdout).not.toContain('✗')
  expectBothLitOnce(dir)
  expect(await journalOf(dir)).toMatchObject({ undo: [{ status: 'undone' }, { status: 'undone' }] })
  expect(unfinished(dir)).toEqual([])
})

it('can finish what a run that ended by itself could not undo', async () => {
  await using dir = await project({
    ...lamps,
    stuck: '',
    'experiment.json': experiment({ method: [putOut('hall')] }),
  })
  const run = await dir.squall(['run', 'experiment.json', '--event-log', 'log'])
  expect(run.exitCode).toBe(1)
  expect(run.stderr).toContain('An undo failed: `squall recover` tries again.\n')
  expect(await journalOf(dir)).toMatchObject({ status: 'completed', undo: [{ status: 'failed' }] })
  expect(Object.keys(contentsOf(path.join(dir.folder, 'log')))).toEqual(['000001.log'])
  await rm(path.join(dir.folder, 'stuck'))
  const { exitCode, stdout } = await dir.squall(['recover', '--yes'])
  expect({ exitCode, stdout: stdout.split('\n')[2] }).toEqual({
    exitCode: 0,
    stdout: "✓ call of 'putOut hall': undone",
  })
  expect(storyOf(dir, 'hall')).toEqual(['lit', 'out', 'lit'])
  expect(await journalOf(dir)).toMatchObject({ status: 'completed', undo: [{ status: 'undone' }] })
  expect(await readFile(path.join(dir.folder, 'log/000001.log'), 'utf8')).toContain('"status":"undone"')
  expect(unfinished(dir)).toEqual([])
})

it('does not let one run that cannot be finished keep others from it', async () => {
  const { dir } = await abandoned({
    attic: 'lit\n',
    'attic.json': experiment({ method: [putOut('attic', 600)] }),
  })
  await using _dir = dir
  await abandonRun(dir, ['attic.json', '--journal-path', 'attic/journal.json'], 'attic')
  const { exitCode, stderr } = await dir.squall(['recover', '--yes'])
  expect(exitCode).toBe(1)
  expect(stderr).toContain('SQUALL_JOURNAL_UNWRITABLE')
  expectBothLitOnce(dir)
  expect(storyOf(dir, 'attic')).toEqual(['lit', 'out', 'lit'])
})

it.each([
  { words: ['validate', 'experiment.json'] },
  { words: ['plan', 'experiment.json'] },
  { words: ['drivers'] },
  { words: ['stop'] },
  { words: ['lab', 'status'] },
  { words: ['run', 'look.json'] },
])('is named in one line by squall $words, which never asks', async ({ words }) => {
  const { dir } = await abandoned({ 'look.json': experiment({ method: [shell('look', 'true')] }) })
  await using _dir = dir
  const quiet = await dir.squall(words, { env: { HOME: path.join(dir.home, 'other') } })
  const told = await dir.squall(words)
  expect(quiet.stderr).not.toContain('left something behind')
  expect(told.stderr.split('\n')[0]).toBe(notice('A run that is over'))
  expect(told.stderr.match(/left something behind/g)).toHaveLength(1)
  expect({ exitCode: told.exitCode, stdout: told.stdout }).toEqual({
    exitCode: quiet.exitCode,
    stdout: quiet.stdout,
  })
  expectBothOut(dir)
})

it.each([[['--version']], [['--help']], [['recover', '--help']], [['recover', '--list']]])(
  'is no matter for squall %s',
  async (words) => {
    const { dir } = await abandoned()
    await using _dir = dir
    const { stderr, exitCode } = await dir.squall(words)
    expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 })
  },
)

it('counts the runs, and keeps to JSON where the log is JSON', async () => {
  const { dir } = await abandoned({
    attic: 'lit\n',
    'attic.json': experiment({ method: [putOut('attic', 600)] }),
    'look.json': experiment({ method: [shell('look', 'true')] }),
  })
  await using _dir = dir
  await abandonRun(dir, ['attic.json', '--journal-path', 'attic-journal.json'], 'attic')
  const { stderr, exitCode } = await dir.squall(['--log-format', 'json', 'run', 'look.json'])
  const lines = stderr.split('\n').map((line) => JSON.parse(line))
  expect(lines[0]).toMatchObject({ levelname: 'WARNING', message: notice('2 runs that are over') })
  const { event } = lines.find((line) => line.event) ?? {}
  expect(event).toMatchObject({ type: 'run-started', seq: 1 })
  expect(exitCode).toBe(0)
})

it('takes no notice of what lies in the state folder and is no run', async () => {
  const { dir } = await abandoned()
  await using _dir = dir
  const runs = path.join(dir.home, '.local/state/squall/runs')
  await writeFile(path.join(runs, 'note.txt'), 'mine')
  const { stdout, exitCode } = await dir.squall(['recover', '--yes'])
  expect(exitCode).toBe(0)
  expect(stdout.match(/run of pid/g)).toHaveLength(1)
  expect(unfinished(dir)).toEqual(['note.txt'])
})

it('finds runs whatever the working directory, also where XDG_STATE_HOME is relative', async () => {
  await using dir = await project(files)
  const env = { XDG_STATE_HOME: 'state' }
  const { exitCode } = await dir.squall(['run', 'experiment.json', '--max-duration', '0.5'], { env })
  expect(exitCode).toBe(1)
  expect(unfinished(dir)).toEqual([])
  expect(existsSync(path.join(dir.home, '.local/state/squall/runs'))).toBe(true)
  expect(existsSync(path.join(dir.folder, 'state'))).toBe(false)
})
