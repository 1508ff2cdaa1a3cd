import { spawnSync } from 'node:child_process'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { execa } from 'execa'
import { describe, expect, it } from 'vitest'
import { notRun } from '../requirements.ts'
import { lamp, lamps, putOut, storyOf } from './lamps.ts'
import { type Ended, experiment, type Project, project, shell, squallFile } from './squall.ts'

async function journalOf({ folder }: Project, file = 'journal.json') {
  return JSON.parse(await readFile(path.join(folder, file), 'utf8'))
}

/** Prints 200 KB of JSON whose end a tolerance asks for. */
const large = {
  ...shell('large', `printf '{"filler":"'; head -c 200000 /dev/zero | tr '\\0' x; printf '","last":7}'`),
  type: 'probe',
  tolerance: { type: 'jsonpath', path: '$.last', target: 'stdout', expect: [7] },
}

describe('an output over the limit', () => {
  const document = experiment({ 'steady-state-hypothesis': { title: 'It ends in 7', probes: [large] } })

  it('is cut in journal, event log and JSON log alike, kept beside the journal, and judged as a whole', async () => {
    await using dir = await project({ 'experiment.json': document })
    const words = ['run', 'experiment.json', '--max-output', '10000', '--event-log', 'log']
    const { exitCode, stderr } = await dir.squall(['--log-format', 'json', ...words])
    expect(exitCode).toBe(0)
    const { probes } = (await journalOf(dir)).steady_states.before
    expect(probes[0]).toMatchObject({ tolerance_met: true, output: { status: 0, stderr: '' } })
    const { stdout } = probes[0].output
    expect(stdout.length).toBeLessThan(10_000)
    expect(stdout).toMatch(
      /^\{"filler":"xxx.*\n\[\.\.\. \d+ characters are left out here;.*\n.*xxx","last":7\}$/,
    )
    expect(stdout).toContain('the whole is in journal.json.outputs/1.json')

    const kept = JSON.parse(await readFile(path.join(dir.folder, 'journal.json.outputs/1.json'), 'utf8'))
    expect(kept.output.stdout).toHaveLength(200_000 + '{"filler":"","last":7}'.length)
    expect(stderr.length).toBeLessThan(60_000)
    await dir.squall(['journal', 'fold', 'log', '--journal-path', 'again.json'])
    expect(await journalOf(dir, 'again.json')).toEqual(await journalOf(dir))
  })

  it('is a mebibyte or more unless told otherwise', async () => {
    await using dir = await project({ 'experiment.json': document })
    expect((await dir.squall(['run', 'experiment.json'])).exitCode).toBe(0)
    const { probes } = (await journalOf(dir)).steady_states.before
    expect(probes[0].output.stdout).toMatch(/^\{"filler":"x{200000}","last":7\}$/)
  })

  it.each(['1023', '-1', '1.5', '64k', ''])('cannot be %s bytes', async (bytes) => {
    await using dir = await project({ 'experiment.json': document })
    const { exitCode, stderr } = await dir.squall(['run', 'experiment.json', '--max-output', bytes])
    expect(stderr).toContain('It takes a number of bytes, 1024 or more.')
    expect(exitCode).toBe(2)
  })
})

it('undoes, and says what is wrong, when the journal cannot be written', async () => {
  const document = experiment({ method: [putOut('hall')] })
  await using dir = await project({ ...lamps, 'experiment.json': document, file: '' })
  const { exitCode, stderr } = await dir.squall(['run', 'experiment.json', '--journal-path', 'file/j.json'])
  expect(stderr).toContain('(SQUALL_JOURNAL_UNWRITABLE)')
  expect(exitCode).toBe(1)
  expect(storyOf(dir, 'hall')).toEqual(['lit', 'out', 'lit'])
})

it('fails what needs an undo before the harm where the state folder is a file, and goes on', async () => {
  await using dir = await project(threeSteps)
  await writeFile(path.join(dir.home, 'state'), '')
  const ended = await dir.squall(['run', 'experiment.json'], {
    env: { XDG_STATE_HOME: path.join(dir.home, 'state') },
  })
  await expectRefused(dir, ended, 'a part of this path is a file')
})

const mounts = spawnSync('unshare', ['--mount', 'true'], { encoding: 'utf8' })
const why = mounts.status === 0 ? '' : mounts.stderr || String(mounts.error)
if (why) notRun('runs on a full or read-only disk', why)

const threeSteps = {
  ...lamps,
  'experiment.json': experiment({
    method: [
      putOut('hall'),
      lamp('probe', 'look', { lamp: 'hall' }),
      lamp('action', 'secretly', { lamp: 'porch' }),
    ],
  }),
}

describe.skipIf(why !== '')('on a small disk of its own for the state folder, as root', () => {
  it.each([
    {
      name: 'that is read-only',
      prepare: 'mount -o remount,ro "$1"',
      says: 'its file system is read-only',
    },
    {
      name: 'that is full',
      prepare: 'cat /dev/zero > "$1/filler" 2>/dev/null',
      says: 'the disk is full',
    },
  ])('$name: fails what needs an undo before the harm, and goes on', async ({ prepare, says }) => {
    await using dir = await project(threeSteps)
    await expectRefused(dir, await runOnSmallDisk(dir, prepare), says)
  })

  it('that fills up while the run goes on: undoes what was done before, and does no harm after', async () => {
    // What it prints fills the rest of the log's last block.
    const fill = shell(
      'fill the disk',
      `cat /dev/zero > "$XDG_STATE_HOME/filler"; head -c 9999 /dev/zero | tr '\\0' x`,
    )
    const document = experiment({ method: [putOut('hall'), { ...fill, type: 'probe' }, putOut('porch')] })
    await using dir = await project({ ...lamps, 'experiment.json': document })
    const { stderr } = await runOnSmallDisk(dir, ':')
    const { run, undo } = await journalOf(dir)
    expect(run.map(({ status }: { status: string }) => status)).toEqual(['succeeded', 'succeeded', 'failed'])
    expect(stderr).toContain("'putOut porch' was stopped before it changed anything")
    expect(stderr).toContain('the disk is full')
    expect(undo).toMatchObject([
      { activity: 'putOut porch', status: 'not needed' },
      { activity: 'putOut hall', status: 'undone' },
    ])
    expect({ hall: storyOf(dir, 'hall'), porch: storyOf(dir, 'porch') }).toEqual({
      hall: ['lit', 'out', 'lit'],
      porch: ['lit'],
    })
  })
})

/** The first of three activities needs an undo: it alone fails, and has done nothing. */
async function expectRefused(
  dir: Project,
  { exitCode, stderr }: Pick<Ended, 'exitCode' | 'stderr'>,
  says: string,
): Promise<void> {
  expect(stderr.toLowerCase()).toContain(says.toLowerCase())
  expect(stderr).toContain(
    "'putOut hall' was stopped before it changed anything: its undo could not be written",
  )
  expect(stderr).toContain('next: Make the state folder writable')
  const { run, status } = await journalOf(dir)
  expect({ exitCode, status }).toEqual({ exitCode: 0, status: 'completed' })
  expect(run).toMatchObject([
    { status: 'failed' },
    { status: 'succeeded', output: 'lit' },
    { status: 'succeeded' },
  ])
  expect(storyOf(dir, 'hall')).toEqual(['lit'])
  expect(storyOf(dir, 'porch')).toEqual(['lit', 'secretly out'])
}

/** Runs the experiment with a disk of 64 KiB for its state, in a mount namespace of its own. */
async function runOnSmallDisk(dir: Project, prepare: string): Promise<Pick<Ended, 'exitCode' | 'stderr'>> {
  const state = path.join(dir.home, 'state')
  await mkdir(state)
  const script = `mount -t tmpfs -o size=64k,mode=700 tmpfs "$1" && { ${prepare}; shift; exec "$@"; }`
  const command = ['--mount', 'sh', '-c', script, 'sh', state, process.execPath, squallFile]
  const { exitCode, stderr } = await execa('unshare', [...command, 'run', 'experiment.json'], {
    cwd: dir.folder,
    env: { HOME: dir.home, XDG_STATE_HOME: state, XDG_CONFIG_HOME: undefined },
    reject: false,
    timeout: 30_000,
  })
  return { stderr, ...(exitCode === undefined ? {} : { exitCode }) }
}
