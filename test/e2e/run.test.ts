import { access, readFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, it } from 'vitest'
import { experiment, project, shell } from './squall.ts'

const lamp = {
  title: 'The lamp is on',
  probes: [{ ...shell('lamp is on', 'test -f lamp'), type: 'probe', tolerance: 0 }],
}

async function journalOf(folder: string, file = 'journal.json') {
  return JSON.parse(await readFile(path.join(folder, file), 'utf8'))
}

it('tells each activity as it ends, what was expected where it was not met, and the verdict', async () => {
  await using dir = await project({
    lamp: '',
    'experiment.json': experiment({
      'steady-state-hypothesis': lamp,
      method: [shell('put the lamp out', 'rm lamp')],
    }),
  })
  const { stderr, stdout, exitCode } = await dir.squall(['run', 'experiment.json'])
  const lines = stderr.replaceAll(/\d+(\.\d+)? m?s/g, 'TIME').split('\n')
  expect(lines).toEqual([
    'An experiment',
    'Steady state before',
    '  ✓ probe lamp is on TIME',
    'Method',
    '  ✓ action put the lamp out TIME',
    'Steady state after',
    '  ✗ probe lamp is on TIME',
    '      expected status 0',
    '      found    1',
    '',
    "deviated in TIME: the steady state was not met after the method: 'lamp is on' is out of tolerance",
    'Journal: ./journal.json',
  ])
  expect(stdout).toBe('')
  expect(exitCode).toBe(1)
  expect(await journalOf(dir.folder)).toMatchObject({ status: 'completed', deviated: true })
})

it('writes plain text without colours when nobody looks at a terminal', async () => {
  await using dir = await project({ 'experiment.json': experiment({ method: [shell('a', 'true')] }) })
  const { stderr } = await dir.squall(['run', 'experiment.json'], { env: { NO_COLOR: undefined } })
  expect(stderr).not.toContain('\u001b')
})

it('writes every event as a line of JSON when asked to', async () => {
  await using dir = await project({ 'experiment.json': experiment({ method: [shell('a', 'true')] }) })
  const { stderr } = await dir.squall(['--log-format', 'json', 'run', 'experiment.json'])
  const lines = stderr.split('\n').map((line) => JSON.parse(line))
  // Some lines tell of no event, and some events have several lines.
  const seen = [...new Set(lines.flatMap(({ event }) => event?.seq ?? []))]
  expect(seen).toEqual(seen.map((_, index) => index + 1))
  const begin = { levelname: 'INFO', message: 'Running experiment: An experiment' }
  expect(lines).toContainEqual(expect.objectContaining(begin))
  expect(lines.at(-1).message).toBe('Experiment ended with status: completed')
})

it('appends a log file in the layout of the reference only when asked to', async () => {
  await using dir = await project({ 'experiment.json': experiment({ method: [shell('a', 'true')] }) })
  await dir.squall(['run', 'experiment.json'])
  await expect(access(path.join(dir.folder, 'chaostoolkit.log'))).rejects.toThrow('ENOENT')
  await dir.squall(['--log-file', 'run.log', 'run', 'experiment.json'])
  const log = await readFile(path.join(dir.folder, 'run.log'), 'utf8')
  expect(log).toMatch(/^\[\d{4}-\d\d-\d\d \d\d:\d\d:\d\d INFO\] \[.+\] Validating the experiment's syntax\n/)
  expect(log).toMatch(
    / INFO\] \[.+\] Experiment looks valid\n.+ INFO\] \[.+\] Running experiment: An experiment\n/,
  )
  expect(log).toContain('] Action: a\n')
})

it('runs YAML, and an experiment of another folder', async () => {
  await using dir = await project({
    'deep/experiment.yaml':
      'title: T\ndescription: D\nmethod:\n- {type: action, name: a, provider: {type: process, path: "true"}}\n',
  })
  const { exitCode } = await dir.squall(['run', 'deep/experiment.yaml', '--journal-path', 'out/j.json'])
  expect(exitCode).toBe(0)
  expect(await journalOf(dir.folder, 'out/j.json')).toMatchObject({
    status: 'completed',
    run: [{ status: 'succeeded' }],
  })
})

it('keeps the event log where it is told to and removes it elsewhere', async () => {
  await using dir = await project({ 'experiment.json': experiment({ method: [shell('a', 'true')] }) })
  await dir.squall(['run', 'experiment.json', '--event-log', 'log'])
  expect(await readFile(path.join(dir.folder, 'log/000001.log'), 'utf8')).toContain('run-completed')
  await dir.squall(['run', 'experiment.json'])
  const { readdir } = await import('node:fs/promises')
  expect(await readdir(path.join(dir.home, '.local/state/squall/runs'))).toEqual([])
})

it.each([
  {
    name: 'a file that is not there',
    words: ['run', 'nowhere.json'],
    code: 1,
    says: ["There is no file 'nowhere.json'", 'SQUALL_SOURCE_MISSING'],
  },
  {
    name: 'JSON with a comment',
    words: ['run', 'comment.json'],
    code: 1,
    says: ['comment.json:2:3', 'JSON has no comments'],
  },
  {
    name: 'a type nobody provides',
    words: ['validate', 'grpc.json'],
    code: 1,
    says: ["No installed driver provides 'grpc'", 'grpc.json:9:9'],
  },
  {
    name: 'an unknown option',
    words: ['run', '--colour', 'x.json'],
    code: 2,
    says: ["unknown option '--colour'"],
  },
  { name: 'an unknown command', words: ['rnu'], code: 2, says: ["unknown command 'rnu'"] },
  { name: 'no command', words: [], code: 2, says: ['Usage: squall'] },
  {
    name: 'a --var without a value',
    words: ['run', '--var', 'x', 'comment.json'],
    code: 2,
    says: ["--var 'x' has no '='"],
  },
])('says what is wrong with $name, without a stack trace', async ({ words, code, says }) => {
  await using dir = await project({
    'comment.json': '{\n  // no\n  "title": "T"\n}',
    'grpc.json': experiment({ method: [{ type: 'probe', name: 'p', provider: { type: 'grpc' } }] }),
  })
  const { exitCode, stderr } = await dir.squall(words)
  for (const text of says) expect(stderr).toContain(text)
  expect(stderr).not.toMatch(/\n\s+at /)
  expect(exitCode).toBe(code)
})

it('ends the run at the first SIGINT, undoes, writes the journal and exits with 1', async () => {
  await using dir = await project({
    'experiment.json': experiment({
      method: [shell('busy', 'echo on > started; exec sleep 20'), shell('never', 'touch never')],
    }),
  })
  const running = dir.squall(['run', 'experiment.json'])
  await appears(path.join(dir.folder, 'started'))
  running.kill('SIGINT')
  const { exitCode, stderr, signal } = await running
  expect({ exitCode, signal }).toEqual({ exitCode: 1, signal: undefined })
  expect(stderr).toContain('Interrupted by SIGINT.')
  const journal = await journalOf(dir.folder)
  expect(journal).toMatchObject({
    status: 'interrupted',
    run: [{ activity: { name: 'busy' }, output: null }],
  })
  expect(journal.run[0]).not.toHaveProperty('status')
})

async function appears(file: string): Promise<void> {
  const deadline = Date.now() + 10_000
  while (
    !(await access(file).then(
      () => true,
      () => false,
    ))
  ) {
    if (Date.now() > deadline) throw new Error(`${file} did not appear.`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
