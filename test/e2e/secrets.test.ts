import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { startEchoServer } from './secrets/echo-server.ts'
import {
  core,
  environment,
  killed,
  leakyExperiment,
  leakyProject,
  leakyStatuses,
  mended,
  needles,
  token,
  waitingExperiment,
} from './secrets/leaky-run.ts'
import { tracesOf } from './secrets/traces.ts'
import { experiment, type Project } from './squall.ts'

function textIn({ folder }: Project, file: string): Promise<string> {
  return readFile(path.join(folder, file), 'utf8')
}

describe('a secret of the environment', () => {
  it.each([
    { name: 'text', global: ['--verbose', '--log-file', 'run.log'] },
    { name: 'JSON', global: ['--log-format', 'json', '--log-file', 'run.log', '--log-file-level', 'debug'] },
  ])('stands in no file and no stream of a run told as $name', async ({ global }) => {
    await using server = await startEchoServer()
    await using dir = await leakyProject(leakyExperiment(server.url))
    const words = ['run', 'experiment.json', '--event-log', 'log', '--max-output', '4096']
    const { stdout, stderr } = await dir.squall([...global, ...words], environment())
    const journal = JSON.parse(await textIn(dir, 'journal.json'))

    // The drivers got the real one.
    expect(server.authorizations).toEqual([encodeURIComponent(token), encodeURIComponent(token)])
    expect(await textIn(dir, 'harmed')).toBe(mended)
    expect(journal.run.map(({ status }: { status: string }) => status)).toEqual(leakyStatuses)
    // And it came out everywhere, redacted.
    const files = ['journal.json', 'run.log', 'log/000001.log', 'journal.json.outputs/9.json']
    const told = await Promise.all(files.map((file) => textIn(dir, file)))
    for (const text of [stderr, ...told]) expect(text).toContain('[secret api.token]')

    expect(await tracesOf(needles, [dir.folder, dir.home], { stdout, stderr })).toEqual([])
  })

  it.each([[['plan', 'experiment.json']], [['plan', 'experiment.json', '--json']]])(
    'stands not in squall %s',
    async (words) => {
      await using dir = await leakyProject(leakyExperiment('http://127.0.0.1:1/${token}'))
      const { stdout, stderr } = await dir.squall(words, environment())
      expect(stdout).toContain('[secret api.token]')
      expect(await tracesOf(needles, [dir.folder, dir.home], { stdout, stderr })).toEqual([])
    },
  )

  it('is resolved again by the watchdog of a run that was killed, and stands in nothing it writes', async () => {
    await using dir = await leakyProject(waitingExperiment)
    const { stdout, stderr } = await killed(dir)
    const journal = JSON.parse(await textIn(dir, 'journal.json'))
    expect(journal).toMatchObject({ status: 'interrupted', undo: [{ status: 'undone' }] })
    expect(await textIn(dir, 'harmed')).toBe(mended)
    expect(journal.undo[0].arguments.arguments).toMatchObject({ token: { $secret: 'api.token' } })
    expect(await textIn(dir, 'log/000001.log')).toContain('{"$secret":"api.token"}')
    expect(await tracesOf(needles, [dir.folder, dir.home], { stdout, stderr })).toEqual([])
  })

  it('is named when recovery misses it, and the undo waits for it', async () => {
    await using dir = await leakyProject(waitingExperiment)
    await killed(dir, { withWatchdog: true })
    const without = await dir.squall(['recover', '--yes'], environment({ API_TOKEN: undefined }))
    expect(without.stdout).toContain("The secret 'api.token' cannot be read again")
    expect(without.stdout).toContain('API_TOKEN, which is not set')
    expect(without.exitCode).toBe(1)
    expect(await textIn(dir, 'harmed')).toBe('broken')
    expect(await tracesOf(needles, [dir.folder, dir.home])).toEqual([])

    const { exitCode, stdout } = await dir.squall(['recover', '--yes'], environment())
    expect(exitCode).toBe(0)
    expect(await textIn(dir, 'harmed')).toBe(mended)
    expect(await tracesOf(needles, [dir.folder, dir.home], { stdout })).toEqual([])
  })
})

it.each([
  { flags: [], shows: true },
  { flags: ['--redact', 'all'], shows: false },
])('shows a literal of the experiment unless told otherwise: $flags', async ({ flags, shows }) => {
  const provider = { type: 'process', path: 'printf', arguments: ['%s', '${token}'] }
  const document = experiment({
    secrets: { api: { token: core } },
    method: [{ type: 'probe', name: 'print', provider }],
  })
  await using dir = await leakyProject(document)
  const words = ['run', 'experiment.json', '--event-log', 'log', '--journal-path', 'out/journal.json']
  const { stderr, exitCode } = await dir.squall([...words, ...flags])
  expect(exitCode).toBe(0)
  const places = [path.join(dir.folder, 'out'), path.join(dir.folder, 'log'), dir.home]
  expect((await tracesOf(needles, places, { stderr })).length > 0).toBe(shows)
})

it('leaves configuration of the environment in the journal, except where its name announces a secret', async () => {
  const document = experiment({
    configuration: {
      base_url: { type: 'env', key: 'BASE_URL' },
      password: { type: 'env', key: 'API_TOKEN' },
    },
    method: [
      {
        type: 'probe',
        name: 'print',
        provider: { type: 'process', path: 'printf', arguments: ['%s', '${base_url}', '${password}'] },
      },
    ],
  })
  await using dir = await leakyProject(document)
  await dir.squall(['run', 'experiment.json'], environment({ BASE_URL: 'http://host.example' }))
  expect(await textIn(dir, 'journal.json')).toContain('http://host.example[secret configuration.password]')
})
