import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { experiment, type Project, project, shell } from './squall.ts'

const files = {
  'experiment.json': experiment({
    'steady-state-hypothesis': {
      title: 'All is well',
      probes: [{ ...shell('look', 'true'), type: 'probe', tolerance: 0 }],
    },
    method: [
      shell('act', 'true'),
      { type: 'action', name: 'ask', provider: { type: 'http', url: 'http://127.0.0.1:9/' } },
    ],
  }),
  'invalid.json': experiment({ method: 3 }),
}

async function logOf(dir: Project): Promise<string[]> {
  return (await readFile(path.join(dir.folder, 'a.log'), 'utf8')).trimEnd().split('\n')
}

const line = /^\[\d{4}-\d\d-\d\d \d\d:\d\d:\d\d (DEBUG|INFO|WARNING|ERROR|CRITICAL)\] \[[\w-]+:\d+\] .+$/

describe('the log file (spec 22)', () => {
  it('has a line for each step with its level, and no colours', async () => {
    await using dir = await project(files)
    await dir.squall(['--log-file', 'a.log', 'run', 'experiment.json'])
    const log = await logOf(dir)
    for (const text of log) expect(text).toMatch(line)
    expect(log.join('\n')).toMatch(/INFO\] \[.+\] Steady state hypothesis: All is well\n/)
    expect(log.join('\n')).toMatch(/INFO\] \[.+\] Action: act\n/)
    expect(log.join('\n')).toMatch(/ERROR\] \[.+\] {3}=> failed: /)
  })

  it('holds back what is below its level', async () => {
    await using dir = await project(files)
    await dir.squall(['--log-file', 'a.log', '--log-file-level', 'error', 'run', 'experiment.json'])
    const log = await logOf(dir)
    expect(log).toHaveLength(1)
    expect(log[0]).toContain('ERROR')
  })

  it('is appended to, by every command, indented where a message has several lines', async () => {
    await using dir = await project(files)
    await dir.squall(['--log-file', 'a.log', 'validate', 'experiment.json'])
    await dir.squall(['--log-file', 'a.log', 'validate', 'invalid.json'])
    await dir.squall(['--log-file', 'a.log', 'run', 'nowhere.json'])
    const log = await logOf(dir)
    expect(log[0]).toMatch(/INFO\] \[squall:0\] ✓ experiment.json is a valid experiment\.$/)
    expect(log[1]).toMatch(/ERROR\] \[squall:0\] invalid\.json:\d+:\d+ error /)
    expect(log[2]).toMatch(/^ {4}/)
    expect(log.find((text) => text.includes('nowhere.json'))).toMatch(/ERROR\]/)
  })

  it('a folder for --change-dir that is not there is wrong usage', async () => {
    await using dir = await project(files)
    const { exitCode, stderr } = await dir.squall(['--change-dir', 'nowhere', 'run', 'experiment.json'])
    expect({ exitCode, stderr }).toEqual({
      exitCode: 2,
      stderr: expect.stringContaining("--change-dir 'nowhere'"),
    })
  })

  it('stands where the command was started, whatever --change-dir says', async () => {
    await using dir = await project({ 'deep/experiment.json': files['experiment.json'] })
    await dir.squall(['--log-file', 'a.log', '--change-dir', 'deep', 'run', 'experiment.json'])
    expect(await logOf(dir)).not.toEqual([])
  })

  it('is refused before anything is run when it cannot be written', async () => {
    await using dir = await project(files)
    const { exitCode, stderr } = await dir.squall([
      '--log-file',
      'no/such/folder.log',
      'run',
      'experiment.json',
    ])
    expect(stderr).toContain("folder.log' cannot be written.")
    expect(exitCode).toBe(2)
    await expect(readFile(path.join(dir.folder, 'journal.json'))).rejects.toThrow('ENOENT')
  })
})

describe('--log-format json (spec 22)', () => {
  it.each([
    { words: ['run', 'experiment.json'], last: 'INFO' },
    { words: ['run', 'experiment.json', '--strict'], last: 'ERROR' },
    { words: ['run', 'invalid.json'], last: 'ERROR' },
    { words: ['run', 'nowhere.json'], last: 'ERROR' },
    { words: ['validate', 'experiment.json'], last: 'INFO' },
    { words: ['validate', 'invalid.json'], last: 'ERROR' },
    { words: ['discover', 'chaostoolkit-nothing'], last: 'CRITICAL' },
  ])('$words writes lines of JSON and nothing else', async ({ words, last }) => {
    await using dir = await project(files)
    const { stdout, stderr } = await dir.squall(['--log-format', 'json', ...words])
    const lines = stderr.split('\n').map((text) => JSON.parse(text))
    for (const each of lines) {
      expect(each).toMatchObject({
        context_id: lines[0].context_id,
        process: expect.any(Number),
        asctime: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/),
        levelname: expect.stringMatching(/^(DEBUG|INFO|WARNING|ERROR|CRITICAL)$/),
        module: expect.any(String),
        lineno: expect.any(Number),
        message: expect.any(String),
        timestamp: expect.stringMatching(/Z$/),
      })
    }
    expect(lines.at(-1).levelname).toBe(last)
    expect(stdout).toBe('')
  })
})

it('shows what drivers say for debugging only when asked to', async () => {
  const method = [{ type: 'probe', name: 'p', provider: { type: 'node', module: './say.mjs', func: 'say' } }]
  await using dir = await project({
    'experiment.json': experiment({ method }),
    'say.mjs': "export const say = (_args, { log }) => { log.debug('a detail'); log.info('news') }",
  })
  expect((await dir.squall(['run', 'experiment.json'])).stderr).not.toContain('a detail')
  expect((await dir.squall(['--verbose', 'run', 'experiment.json'])).stderr).toContain('a detail')
})
