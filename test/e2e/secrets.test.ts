import { createHash } from 'node:crypto'
import { copyFile, readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { execa } from 'execa'
import { describe, expect, it } from 'vitest'
import { eventually, processesWith } from '../crash/machine.ts'
import { here } from '../requirements.ts'
import { startEchoServer } from './secrets/echo-server.ts'
import { filesBelow, needlesFor, tracesOf } from './secrets/traces.ts'
import { type Ended, experiment, type Project, project, shell, squallFile } from './squall.ts'

/** The core stands in every encoding but base64 as it is; what is around it is what encoders stumble over. */
const core = 'c0ffee8d41d8cd98f00b2'
const token = `p+/ "ü%&=\\${core}?#'`
const needles = needlesFor(core)

const secrets = { api: { token: { type: 'env', key: 'API_TOKEN' } } }

const { undoArguments } = (await import(path.join(here, 'e2e/secrets/planted.mjs'))) as {
  undoArguments: (token: string) => object
}

/** What `mend` leaves when it got the real secret. */
const mended = createHash('sha256')
  .update(JSON.stringify(undoArguments(token)))
  .digest('hex')

async function place(document: object): Promise<Project> {
  const made = await project({ 'experiment.json': document })
  await copyFile(path.join(here, 'e2e/secrets/planted.mjs'), path.join(made.folder, 'planted.mjs'))
  return made
}

function environment(more: object = {}): { env: Record<string, string | undefined> } {
  return { env: { API_TOKEN: token, ...more } }
}

function call(name: string, func: string, args: object): object {
  const provider = { type: 'node', module: './planted.mjs', func, arguments: { token: '${token}', ...args } }
  return { type: 'action', name, provider: { ...provider, secrets: ['api'] } }
}

/** Every way a secret may come out: environment, arguments, outputs, headers, errors, undo, tolerance, title. */
function leakyExperiment(url: string): object {
  const encodings =
    'printf "%s\\n" "$API_TOKEN" "$1"; printf %s "user:$API_TOKEN" | base64; printf %s "$1" >&2'
  const print = { type: 'process', path: 'sh', arguments: ['-c', encodings, 'sh', '${token}'] }
  const headers = { authorization: encodeURIComponent(token).replace(core, '${core}') }
  const padding = 'x'.repeat(170)
  return experiment({
    title: 'A run with ${token}',
    secrets: { ...secrets, parts: { core: { type: 'env', key: 'CORE' } } },
    configuration: {
      broken: {
        type: 'probe',
        provider: { type: 'node', module: './planted.mjs', func: 'fail', arguments: { token: '${token}' } },
      },
    },
    'steady-state-hypothesis': {
      title: 'It answers',
      probes: [{ type: 'probe', name: 'echo', tolerance: 200, provider: { type: 'http', url, headers } }],
    },
    method: [
      { type: 'action', name: 'print', provider: print },
      shell('print its environment', 'env | grep API_TOKEN; env | grep API_TOKEN >&2'),
      call('fail', 'fail', {}),
      call('tell', 'tell', {}),
      call('harm', 'harm', { file: 'harmed' }),
      { type: 'probe', name: 'nobody', provider: { type: 'http', url: 'http://127.0.0.1:1/?t=${token}' } },
      shell('a long line', `printf '%s' '${padding}'"$API_TOKEN"`),
      shell('a large output', 'yes "$API_TOKEN" | head -c 30000'),
    ],
    rollbacks: [shell('print again', 'printf "%s" "$API_TOKEN"')],
  })
}

describe('a secret of the environment', () => {
  it.each([
    { name: 'text', global: ['--verbose', '--log-file', 'run.log'] },
    { name: 'JSON', global: ['--log-format', 'json', '--log-file', 'run.log', '--log-file-level', 'debug'] },
  ])('stands in no file and no stream of a run told as $name', async ({ global }) => {
    await using server = await startEchoServer()
    await using dir = await place(leakyExperiment(server.url))
    const words = ['run', 'experiment.json', '--event-log', 'log', '--max-output', '4096']
    const { stdout, stderr } = await dir.squall([...global, ...words], environment({ CORE: core }))
    const journal = JSON.parse(await readFile(path.join(dir.folder, 'journal.json'), 'utf8'))

    // The drivers got the real one.
    expect(server.authorizations).toEqual([encodeURIComponent(token), encodeURIComponent(token)])
    expect(await readFile(path.join(dir.folder, 'harmed'), 'utf8')).toBe(mended)
    expect(journal.run.map(({ status }: { status: string }) => status)).toEqual([
      ...['succeeded', 'succeeded', 'failed', 'succeeded', 'succeeded', 'failed', 'succeeded', 'succeeded'],
    ])
    // And it came out, redacted, everywhere.
    const told = await Promise.all(
      ['journal.json', 'run.log', 'log/000001.log', 'journal.json.outputs/9.json'].map((file) =>
        readFile(path.join(dir.folder, file), 'utf8'),
      ),
    )
    for (const text of [stderr, ...told]) expect(text).toContain('[secret api.token]')

    expect(await tracesOf(needles, [dir.folder, dir.home], { stdout, stderr })).toEqual([])
  })

  it('stands in no plan', async () => {
    await using dir = await place(leakyExperiment('http://127.0.0.1:1/${token}'))
    for (const words of [
      ['plan', 'experiment.json'],
      ['plan', 'experiment.json', '--json'],
    ]) {
      const { stdout, stderr } = await dir.squall(words, environment({ CORE: core }))
      expect(stdout).toContain('[secret api.token]')
      expect(await tracesOf(needles, [dir.folder, dir.home], { stdout, stderr })).toEqual([])
    }
  })

  it('is resolved again by the watchdog of a run that was killed, and stands in nothing it writes', async () => {
    await using dir = await place(
      experiment({ secrets, method: [call('harm', 'harm', { file: 'harmed', wait: true })] }),
    )
    const { stdout, stderr } = await killed(dir)
    const journal = await eventually('the journal of the watchdog', () => journalIn(dir.folder), 20_000)
    expect(journal).toMatchObject({ status: 'interrupted', undo: [{ status: 'undone' }] })
    expect(await readFile(path.join(dir.folder, 'harmed'), 'utf8')).toBe(mended)
    expect(journal.undo[0].arguments.arguments).toMatchObject({ token: { $secret: 'api.token' } })
    expect(await tracesOf(needles, [dir.folder, dir.home], { stdout, stderr })).toEqual([])
  })

  it('that recovery misses is named, and the undo waits for it', async () => {
    await using dir = await place(
      experiment({ secrets, method: [call('harm', 'harm', { file: 'harmed', wait: true })] }),
    )
    await killed(dir, { withWatchdog: true })
    const without = await dir.squall(['recover', '--yes'], environment({ API_TOKEN: undefined }))
    expect(without.stdout).toContain("The secret 'api.token' cannot be read again")
    expect(without.stdout).toContain('API_TOKEN, which is not set')
    expect(without.exitCode).toBe(1)
    expect(await readFile(path.join(dir.folder, 'harmed'), 'utf8')).toBe('broken')
    expect(await tracesOf(needles, [dir.folder, dir.home])).toEqual([])

    const withIt = await dir.squall(['recover', '--yes'], environment())
    expect(withIt.exitCode).toBe(0)
    expect(await readFile(path.join(dir.folder, 'harmed'), 'utf8')).toBe(mended)
    expect(await tracesOf(needles, [dir.folder, dir.home], { stdout: withIt.stdout })).toEqual([])
  })
})

it.each([
  { flags: [], shows: true },
  { flags: ['--redact', 'all'], shows: false },
])(
  'a literal of the experiment shows in the journal unless told otherwise: $flags',
  async ({ flags, shows }) => {
    const document = experiment({
      secrets: { api: { token: core } },
      method: [shell('print', 'printf %s "$0"')].map((activity) => withArgument(activity)),
    })
    await using dir = await place(document)
    const { stderr, exitCode } = await dir.squall(
      ['run', 'experiment.json', '--event-log', 'log', '--journal-path', 'out/journal.json', ...flags],
      environment(),
    )
    expect(exitCode).toBe(0)
    const places = [path.join(dir.folder, 'out'), path.join(dir.folder, 'log'), dir.home]
    expect((await tracesOf(needles, places, { stderr })).length > 0).toBe(shows)
  },
)

function withArgument(activity: object): object {
  const { provider, ...rest } = activity as { provider: { arguments: string[] } }
  return { ...rest, provider: { ...provider, arguments: [...provider.arguments, '${token}'] } }
}

it('leaves configuration of the environment in the journal, except where its name announces a secret', async () => {
  const document = experiment({
    configuration: {
      base_url: { type: 'env', key: 'BASE_URL' },
      password: { type: 'env', key: 'API_TOKEN' },
    },
    method: [shell('print', 'printf "%s" "$BASE_URL" "$API_TOKEN"')],
  })
  await using dir = await place(document)
  await dir.squall(['run', 'experiment.json'], environment({ BASE_URL: 'http://host.example' }))
  const journal = await readFile(path.join(dir.folder, 'journal.json'), 'utf8')
  expect(journal).toContain('http://host.example[secret configuration.password]')
})

it('keeps what it writes for its owner alone, whatever the umask', async () => {
  await using server = await startEchoServer()
  await using dir = await place(leakyExperiment(server.url))
  const words = [
    '--log-file',
    'run.log',
    'run',
    'experiment.json',
    '--event-log',
    'log',
    '--max-output',
    '4096',
  ]
  const command = 'umask 0; exec "$@"'
  await execa('sh', ['-c', command, 'sh', process.execPath, squallFile, ...words], {
    cwd: dir.folder,
    env: { ...environment({ CORE: core }).env, HOME: dir.home, XDG_STATE_HOME: undefined },
    reject: false,
  })
  const written = (await filesBelow(dir.folder)).filter(
    (file) => !/experiment\.json|\.mjs|harmed$/.test(file),
  )
  expect(written.map((file) => path.basename(file)).sort()).toEqual([
    '000001.log',
    '9.json',
    'journal.json',
    'run.log',
  ])
  const folders = ['log', 'journal.json.outputs'].map((name) => path.join(dir.folder, name))
  for (const file of [...written, ...folders, path.join(dir.home, '.local/state/squall/runs')])
    expect({ file, others: (await stat(file)).mode & 0o077 }).toEqual({ file, others: 0 })
})

it('keeps the log and the card of a run that goes on for its owner alone', async () => {
  await using dir = await place(
    experiment({ secrets, method: [call('harm', 'harm', { file: 'harmed', wait: true })] }),
  )
  await killed(dir, { withWatchdog: true })
  const files = await filesBelow(path.join(dir.home, '.local/state'))
  expect(files.map((file) => path.basename(file)).sort()).toEqual(['000001.log', 'run.json'])
  for (const file of [...files, ...files.map((each) => path.dirname(each))])
    expect({ file, others: (await stat(file)).mode & 0o077 }).toEqual({ file, others: 0 })
  expect((await dir.squall(['recover', '--yes'], environment())).exitCode).toBe(0)
})

/** Runs the experiment of a project until it has done its harm, and kills it then. */
async function killed(dir: Project, { withWatchdog = false } = {}): Promise<Ended> {
  const mark = `SQUALL_TEST_PLACE=${dir.folder}`
  const running = dir.squall(
    ['run', 'experiment.json', '--event-log', 'log'],
    environment({ SQUALL_TEST_PLACE: dir.folder }),
  )
  await eventually('the harm', async () =>
    (await textOf(path.join(dir.folder, 'harmed'))) === 'broken' ? true : undefined,
  )
  const watchdogs = processesWith(mark).filter(({ command }) => command.includes('watchdog'))
  expect(watchdogs).toHaveLength(1)
  if (withWatchdog) for (const { pid } of watchdogs) process.kill(pid, 'SIGKILL')
  running.kill('SIGKILL')
  await running
  if (!withWatchdog)
    await eventually(
      'the end of the watchdog',
      () => (processesWith(mark).length === 0 ? true : undefined),
      20_000,
    )
  return running
}

async function journalIn(folder: string) {
  const text = await textOf(path.join(folder, 'journal.json'))
  return text === undefined ? undefined : JSON.parse(text)
}

function textOf(file: string): Promise<string | undefined> {
  return readFile(file, 'utf8').catch(() => undefined)
}
