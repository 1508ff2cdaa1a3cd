import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { experiment, type Project, project, shell } from './squall.ts'

const tracing = `
  import { appendFileSync } from 'node:fs'
  const say = (hook) => (context, { state } = {}) =>
    appendFileSync('trace', hook + ' ' + (context?.name ?? context?.title ?? context) + '\\n')
  export const beforeActivity = say('before')
  export const afterActivity = say('after')
  export const before_loading_experiment_control = say('before loading')
`

async function traceOf({ folder }: Project): Promise<string[]> {
  return (await readFile(path.join(folder, 'trace'), 'utf8')).trim().split('\n')
}

it('--control-file adds controls to a run, in JSON and YAML', async () => {
  await using dir = await project({
    'control.mjs': tracing,
    'one.json': { one: { provider: { type: 'node', module: './control.mjs' } } },
    'two.yaml': 'two:\n  scope: after\n  provider:\n    type: node\n    module: ./control.mjs\n',
    'e.json': experiment({ method: [shell('a', 'true')] }),
  })
  const { exitCode } = await dir.squall([
    'run',
    'e.json',
    '--control-file',
    'one.json',
    '--control-file',
    'two.yaml',
  ])
  expect(exitCode).toBe(0)
  expect((await traceOf(dir)).filter((line) => !line.startsWith('before loading'))).toEqual([
    'before a',
    'after a',
    'after a',
  ])
})

it('a control file that is not there ends the command before anything is run', async () => {
  await using dir = await project({ 'e.json': experiment({ method: [shell('a', 'touch a')] }) })
  const { exitCode, stderr } = await dir.squall(['run', 'e.json', '--control-file', 'missing.json'])
  expect(exitCode).toBe(2)
  expect(stderr).toContain('missing.json')
  expect(stderr).not.toContain('    at ')
})

describe('a control file that does not parse', () => {
  const files = {
    'control.mjs': tracing,
    'good.yaml': 'two: {provider: {type: node, module: ./control.mjs}}\n',
    'bad.json': '{"one": {"provider":\n  oops}}\n',
    'e.json': experiment({ method: [shell('a', 'touch a')] }),
  }
  const command = ['run', 'e.json', '--control-file', 'bad.json', '--control-file', 'good.yaml']

  it('is told with its place and left out, as in the reference', async () => {
    await using dir = await project(files)
    const { exitCode, stderr } = await dir.squall(command)
    expect(exitCode).toBe(0)
    expect(stderr).toMatch(
      /error The control file '.*bad\.json:2:3' cannot be used: this is not JSON: .+ It is left out\. \[SQUALL_CONTROL_FILE\]/,
    )
    expect((await traceOf(dir)).filter((line) => line.endsWith(' a'))).toEqual(['before a', 'after a'])
    expect(JSON.parse(await readFile(path.join(dir.folder, 'journal.json'), 'utf8')).status).toBe('completed')
  })

  it('ends the command before anything is run with --strict', async () => {
    await using dir = await project(files)
    const { exitCode, stderr } = await dir.squall([...command, '--strict'])
    expect(exitCode).toBe(1)
    expect(stderr).toContain("bad.json:2:3' cannot be used")
    expect(stderr).toContain('SQUALL_CONTROL_FILE')
    await expect(readFile(path.join(dir.folder, 'a'))).rejects.toThrow('ENOENT')
  })
})

it('a control that fails is told, and the run completes', async () => {
  await using dir = await project({
    'control.mjs': "export function beforeActivity() { throw new Error('no luck') }",
    'e.json': experiment({
      controls: [{ name: 'unlucky', provider: { type: 'node', module: './control.mjs' } }],
      method: [shell('a', 'true')],
    }),
  })
  const { exitCode, stderr } = await dir.squall(['run', 'e.json'])
  expect(exitCode).toBe(0)
  expect(stderr).toContain("The control 'unlucky' failed (before-activity): no luck")
})

interface Hook extends AsyncDisposable {
  readonly url: string
  readonly received: string[]
}

/** A server that remembers the names of the events it is told; `/slow` never answers. */
async function hook(): Promise<Hook> {
  const received: string[] = []
  const server = createServer(async (request, response) => {
    if (request.url === '/slow') return
    received.push(JSON.parse(await textOf(request)).name)
    response.end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of request) text += String(chunk)
  return text
}

it('channels are told of runs and validations; one that is broken changes nothing', async () => {
  await using server = await hook()
  await using dir = await project({
    'settings.yaml': [
      'notifications:',
      '  - {type: http, url: "http://127.0.0.1:1/nobody"}',
      '  - {type: unheard-of}',
      `  - {type: http, url: "${server.url}"}`,
    ].join('\n'),
    'good.json': experiment({ method: [shell('a', 'true')] }),
    'bad.json': { title: 'x' },
    'lost.json': experiment({
      'steady-state-hypothesis': {
        title: 'h',
        probes: [shell('gone', 'exit 1', { tolerance: 0, type: 'probe' })],
      },
    }),
  })
  const told = async (...words: string[]): Promise<string[]> => {
    server.received.length = 0
    await dir.squall(['--settings', 'settings.yaml', ...words])
    return [...server.received]
  }
  expect(await told('run', 'good.json')).toEqual(['run-started', 'run-completed'])
  expect(await told('run', 'bad.json')).toEqual(['run-started'])
  expect(await told('run', 'lost.json', '--hypothesis-strategy', 'after-method-only')).toEqual([
    'run-started',
    'run-completed',
    'run-deviated',
  ])
  expect(await told('validate', 'good.json')).toEqual(['validate-started', 'validate-completed'])
  expect(await told('validate', 'bad.json')).toEqual(['validate-started', 'validate-failed'])
})

it('a channel that does not answer is given up, and only --verbose tells', async () => {
  await using server = await hook()
  await using dir = await project({
    'settings.yaml': `notifications: [{type: http, url: "${server.url}/slow", events: [run-started]}]`,
    'e.json': experiment({ method: [shell('a', 'true')] }),
  })
  const quiet = await dir.squall(['--settings', 'settings.yaml', 'run', 'e.json'])
  expect(quiet).toMatchObject({ exitCode: 0, stderr: expect.not.stringContaining('channel') })
  const verbose = await dir.squall(['--settings', 'settings.yaml', '--verbose', 'run', 'e.json'])
  expect(verbose.stderr).toContain(
    "The channel 'http' was not told of run-started: it did not answer in time.",
  )
})

it('settings that are no YAML are told and ignored', async () => {
  await using dir = await project({
    'settings.yaml': 'a: [',
    'e.json': experiment({ method: [shell('a', 'true')] }),
  })
  const { exitCode, stderr } = await dir.squall(['--settings', 'settings.yaml', 'run', 'e.json'])
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: expect.stringContaining('Ignored: ') })
})
