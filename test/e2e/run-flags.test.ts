import { access, readFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { experiment, project, shell } from './squall.ts'

const page = {
  title: 'The page is there',
  probes: [{ ...shell('page', 'test -f page'), type: 'probe', tolerance: 0 }],
}
const parts = {
  'steady-state-hypothesis': page,
  method: [shell('act', 'touch acted')],
  rollbacks: [shell('put back', 'touch back')],
}

const exists = (file: string) =>
  access(file).then(
    () => true,
    () => false,
  )

describe('squall run --only', () => {
  it.each([
    { only: 'hypothesis', exit: 1, acted: false, back: false },
    { only: 'method', exit: 0, acted: true, back: false },
    { only: 'rollbacks', exit: 0, acted: false, back: true },
    { only: 'method,rollbacks', exit: 0, acted: true, back: true },
  ])('$only plays just that', async ({ only, exit, acted, back }) => {
    await using dir = await project({ 'experiment.json': experiment(parts) })
    const { exitCode } = await dir.squall(['run', 'experiment.json', '--only', only])
    expect(exitCode).toBe(exit)
    expect(await exists(path.join(dir.folder, 'acted'))).toBe(acted)
    expect(await exists(path.join(dir.folder, 'back'))).toBe(back)
  })

  it('refuses what is no part', async () => {
    await using dir = await project({ 'experiment.json': experiment(parts) })
    const { exitCode, stderr } = await dir.squall(['run', 'experiment.json', '--only', 'metod'])
    expect(exitCode).toBe(2)
    expect(stderr).toContain("'metod' is none of hypothesis, method, rollbacks.")
  })
})

describe('squall run --strict', () => {
  it.each([
    {
      name: 'a gate that was not met',
      more: parts,
      says: 'The steady state was not met before the method, which --strict does not accept.',
    },
    {
      name: 'a method probe out of its tolerance',
      more: { method: [{ ...shell('look', 'exit 3'), type: 'probe', tolerance: 0 }] },
      says: "'look' was out of its tolerance, which --strict does not accept.",
    },
    {
      name: 'a failed action',
      more: {
        method: [{ type: 'action', name: 'ask', provider: { type: 'http', url: 'http://127.0.0.1:9/' } }],
      },
      says: "'ask' failed, which --strict does not accept.",
    },
  ])('exits with 1 for $name, which completes otherwise', async ({ more, says }) => {
    await using dir = await project({ 'experiment.json': experiment(more) })
    expect((await dir.squall(['run', 'experiment.json'])).exitCode).toBe(0)
    const { exitCode, stderr } = await dir.squall(['run', 'experiment.json', '--strict'])
    expect(stderr).toContain(says)
    expect(exitCode).toBe(1)
  })
})

describe('squall run --journal-path -', () => {
  it('prints the journal and nothing else, and writes no file', async () => {
    await using dir = await project({ 'experiment.json': experiment(parts), page: '' })
    const { stdout, exitCode } = await dir.squall(['run', 'experiment.json', '--journal-path', '-'])
    expect(JSON.parse(stdout)).toMatchObject({ status: 'completed', deviated: false })
    expect(exitCode).toBe(0)
    expect(await exists(path.join(dir.folder, 'journal.json'))).toBe(false)
    expect(await exists(path.join(dir.folder, '-'))).toBe(false)
  })

  it('prints the journal of an event log too', async () => {
    await using dir = await project({ 'experiment.json': experiment(parts), page: '' })
    await dir.squall(['run', 'experiment.json', '--event-log', 'log'])
    const { stdout } = await dir.squall(['journal', 'fold', 'log', '--journal-path', '-'])
    expect(`${stdout}\n`).toBe(await readFile(path.join(dir.folder, 'journal.json'), 'utf8'))
  })
})

describe('squall run --explain-config', () => {
  const declared = experiment({
    ...parts,
    configuration: {
      url: { type: 'env', key: 'PAGE_URL', default: 'http://localhost' },
      retries: 3,
      host: { type: 'probe', name: 'host', provider: { type: 'process', path: 'hostname' } },
    },
    secrets: { api: { token: { type: 'env', key: 'API_TOKEN' } } },
  })

  it('says where each value comes from, masks secrets and runs nothing', async () => {
    await using dir = await project({
      'experiment.json': declared,
      'one.json': { configuration: { retries: 1, host: 'here' }, secrets: { api: { token: 'hunter33' } } },
      'two.yaml': 'configuration: {host: there, stranger: 1}',
    })
    const files = ['--var-file', 'one.json', '--var-file', 'two.yaml']
    const words = ['run', 'experiment.json', '--explain-config', '--var', 'retries:int=5', ...files]
    const { stdout, exitCode } = await dir.squall(words, {
      env: { API_TOKEN: 'hunter22', PAGE_URL: undefined },
    })
    expect(stdout.split('\n').map((line) => line.split(/ {2,}/))).toEqual([
      ['NAME', 'VALUE', 'SOURCE'],
      [
        'configuration.url',
        '"http://localhost"',
        'default, since the environment variable PAGE_URL is not set',
      ],
      ['configuration.retries', '5', '--var'],
      ['configuration.host', '"there"', '--var-file two.yaml'],
      ['secrets.api', '[secret]', '--var-file one.json'],
      ['configuration.stranger', '-', '--var-file two.yaml, not used: the experiment does not declare it'],
    ])
    expect(exitCode).toBe(0)
    expect(await exists(path.join(dir.folder, 'acted'))).toBe(false)
    expect(await exists(path.join(dir.folder, 'journal.json'))).toBe(false)
  })

  it('exits with 1 when a value is missing', async () => {
    await using dir = await project({ 'experiment.json': declared })
    const { stdout, exitCode } = await dir.squall(['run', 'experiment.json', '--explain-config'], {
      env: { API_TOKEN: undefined },
    })
    expect(stdout).toContain('The environment variable API_TOKEN is not set.')
    expect(exitCode).toBe(1)
  })
})

describe('squall run --python', () => {
  it('is handed to the Python driver, a path as it is meant from here', async () => {
    await using dir = await project({
      'package.json': { name: 'p', dependencies: { 'toy-python': '1.0.0' } },
      'node_modules/toy-python/package.json': {
        name: 'toy-python',
        version: '1.0.0',
        type: 'module',
        squall: { contract: 1, driver: './index.js', manifest: './squall.json' },
      },
      'node_modules/toy-python/squall.json': {
        contract: 1,
        name: 'python',
        summary: 'A toy.',
        providers: { python: { summary: 'A toy.', schema: {} } },
        activities: {},
        undo: {},
        aliases: [],
      },
      'node_modules/toy-python/index.js': `export default {
        name: 'python', contract: 1, summary: 'A toy.',
        providers: { python: {
          summary: 'A toy.', schema: {},
          validate: async () => [], targets: async () => [],
          run: async (_call, { options }) => options.interpreter,
        } },
      }`,
      'experiment.json': experiment({
        method: [{ type: 'probe', name: 'p', provider: { type: 'python', module: 'm', func: 'f' } }],
      }),
      's.yaml': 'drivers: {aliases: {python: toy-python}}',
    })
    const outputs = ['python3.9', './venv/bin/python'].map(async (python) => {
      const words = ['run', 'experiment.json', '--python', python, '--journal-path', '-']
      const { stdout } = await dir.squall(['--settings', 's.yaml', ...words])
      return JSON.parse(stdout).run[0].output
    })
    expect(await Promise.all(outputs)).toEqual(['python3.9', path.join(dir.folder, 'venv/bin/python')])
  })
})
