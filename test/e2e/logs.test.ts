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
    expect(log[0]).toMatch(/INFO\] \[squall:0\] Validating the experiment's syntax$/)
    expect(log[1]).toMatch(/INFO\] \[squall:0\] Experiment looks valid$/)
    expect(log[2]).toMatch(/INFO\] \[squall:0\] ✓ experiment.json is a valid experiment\.$/)
    expect(log[4]).toMatch(/ERROR\] \[squall:0\] invalid\.json:\d+:\d+ error /)
    expect(log[5]).toMatch(/^ {4}/)
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

describe('the lines of the reference, which scripts look for', () => {
  const probe = (exits: string) => ({ ...shell('look', exits), type: 'probe', tolerance: 0 })
  const steady = (exits: string) => ({ title: 'All is well', probes: [probe(exits)] })

  async function linesOf(document: object, ...options: string[]): Promise<string[]> {
    await using dir = await project({ 'e.json': experiment(document) })
    await dir.squall(['--log-file', 'a.log', 'run', 'e.json', ...options])
    return (await logOf(dir)).map((text) => text.replace(/^\[[\d: -]+ (\w+)\] \[\S+\] /, '$1 '))
  }

  const ends = ['INFO Experiment ended with status: completed', 'INFO Journal: ./journal.json']
  const starts = ["INFO Validating the experiment's syntax", 'INFO Experiment looks valid']

  it.each([
    { what: 'no hypothesis', document: {} },
    { what: 'one without probes', document: { 'steady-state-hypothesis': { title: 'none', probes: [] } } },
  ])('of a run with $what', async ({ document }) => {
    expect(await linesOf({ title: 'T', method: [], ...document })).toEqual([
      ...starts,
      'INFO Running experiment: T',
      'INFO Steady-state strategy: default',
      'INFO Rollbacks strategy: default',
      "INFO No steady state hypothesis defined. That's ok, just exploring.",
      "INFO Playing your experiment's method now...",
      "INFO No declared activities, let's move on.",
      'INFO Rollbacks are played: the default strategy plays them',
      "INFO Let's rollback...",
      "INFO No declared rollbacks, let's move on.",
      ...ends,
    ])
  })

  it('of rollbacks and a dry run', async () => {
    const rollbacks = [shell('put back', 'true')]
    const lines = await linesOf(
      { method: [], rollbacks },
      '--dry',
      'actions',
      '--rollback-strategy',
      'always',
    )
    expect(lines).toContain('WARNING Running experiment with dry actions')
    expect(lines).toContain('INFO Rollbacks strategy: always')
    expect(lines).toContain('WARNING Rollbacks were explicitly requested to be played')
    expect(lines.join('\n')).toContain(
      "INFO Let's rollback...\nINFO Rollback: put back\nINFO Action: put back\n",
    )
  })

  it('of a deviation', async () => {
    const method = [shell('break', 'touch broken')]
    const lines = await linesOf({ 'steady-state-hypothesis': steady('test ! -e broken'), method })
    expect(lines).toContain(
      "CRITICAL Steady state probe 'look' is not in the given tolerance so failing this experiment",
    )
    expect(lines.slice(-3, -1)).toEqual([
      'INFO Experiment ended with status: deviated',
      'INFO The steady-state has deviated, a weakness may have been discovered',
    ])
  })

  it('of a hypothesis that is checked continuously', async () => {
    const document = { 'steady-state-hypothesis': steady('false'), method: [shell('wait', 'sleep 0.3')] }
    const lines = await linesOf(document, '--hypothesis-strategy', 'during-method-only')
    const begin = lines.indexOf('INFO Executing the steady-state hypothesis continuously every 1.0 seconds')
    const lost = lines.indexOf("WARNING Continuous steady state probe 'look' is not in the given tolerance")
    const end = lines.indexOf('INFO Continuous steady state hypothesis terminated')
    expect(begin).toBeGreaterThan(0)
    expect(lost).toBeGreaterThan(begin)
    expect(end).toBeGreaterThan(lost)
  })

  it('of a probe that fails, and of a hypothesis that is skipped', async () => {
    const failing = { ...probe('true'), provider: { type: 'http', url: 'http://127.0.0.1:9/' } }
    const hypothesis = { title: 'All is well', probes: [failing] }
    expect(await linesOf({ 'steady-state-hypothesis': hypothesis, method: [] })).toContain(
      'WARNING Probe terminated unexpectedly, so its tolerance could not be validated',
    )
    const runtime = { hypothesis: { strategy: 'skip' } }
    expect(await linesOf({ 'steady-state-hypothesis': steady('true'), runtime, method: [] })).toContain(
      'INFO Skipping Steady-State Hypothesis as requested',
    )
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
