import { readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, it } from 'vitest'
import { experiment, type Project, project, shell } from './squall.ts'

/** A project with the kept log of a run of some activities. */
async function projectWithLog(): Promise<Project> {
  const method = Array.from({ length: 5 }, (_, at) => shell(`step ${at}`, `echo ${at}`))
  const dir = await project({ 'experiment.json': experiment({ method }) })
  await dir.squall(['run', 'experiment.json', '--event-log', 'log'])
  return dir
}

async function change(dir: Project, alter: (bytes: Buffer) => Buffer): Promise<void> {
  const file = path.join(dir.folder, 'log/000001.log')
  await writeFile(file, alter(await readFile(file)))
}

/** Cuts whole lines out of a log. */
function withoutLines(from: number, count: number): (bytes: Buffer) => Buffer {
  return (bytes) => {
    const lines = bytes.toString('latin1').split('\n')
    lines.splice(from, count)
    return Buffer.from(lines.join('\n'), 'latin1')
  }
}

it('says that a log is as it was written, and shows its chain hash', async () => {
  await using dir = await projectWithLog()
  const { stdout, stderr, exitCode } = await dir.squall(['journal', 'verify', 'log'])
  expect(stdout).toMatch(/^log is intact: \d+ events\.\nchain [0-9a-f]{64}$/)
  expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 })
})

it.each([
  {
    name: 'a flipped bit',
    alter: (bytes: Buffer) => {
      const at = bytes.indexOf('step 3')
      return Buffer.concat([bytes.subarray(0, at), Buffer.from('S'), bytes.subarray(at + 1)])
    },
    says: /Line \d+ of segment 1 does not match its checksum\./,
  },
  {
    name: 'a removed line',
    alter: withoutLines(3, 1),
    says: /Line \d+ of segment 1 seals .*\n(.*\n)*Event \d+ is missing\./,
  },
  { name: 'a removed beginning', alter: withoutLines(1, 2), says: /Event 1 is missing\./ },
])('says that a log is broken, and where: $name', async ({ alter, says }) => {
  await using dir = await projectWithLog()
  await change(dir, alter)
  const { stdout, exitCode } = await dir.squall(['journal', 'verify', 'log'])
  expect(stdout).toMatch(/^log is broken: \d+ events\./)
  expect(stdout).toMatch(says)
  expect(exitCode).toBe(1)
})

it('takes a half-written end for what it is, and tells that the run had not ended', async () => {
  await using dir = await projectWithLog()
  await change(dir, (bytes) => bytes.subarray(0, Math.floor(bytes.length / 2)))
  const { stdout, exitCode } = await dir.squall(['journal', 'verify', 'log'])
  expect(stdout).toMatch(/^log is intact/)
  expect(stdout).toMatch(/A half-written end is left out \(line \d+ of segment 1\)\./)
  expect(stdout).toMatch(/The hash chain does not cover the last \d+/)
  expect(stdout).toContain('The run had not ended when this was written.')
  expect(exitCode).toBe(0)
})

it('folds a log into the very journal that the run wrote', async () => {
  await using dir = await projectWithLog()
  const { exitCode, stderr } = await dir.squall([
    'journal',
    'fold',
    'log',
    '--journal-path',
    'again/journal.json',
  ])
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: 'Journal: again/journal.json' })
  const [first, again] = await Promise.all(
    ['journal.json', 'again/journal.json'].map((file) => readFile(path.join(dir.folder, file), 'utf8')),
  )
  expect(again).toBe(first)
})

it('folds what can be read of a broken log, and says what cannot', async () => {
  await using dir = await projectWithLog()
  await rm(path.join(dir.folder, 'journal.json'))
  await change(dir, (bytes) => {
    const at = bytes.indexOf('run-completed')
    return Buffer.concat([bytes.subarray(0, at), Buffer.from('R'), bytes.subarray(at + 1)])
  })
  const { exitCode, stderr } = await dir.squall(['journal', 'fold', 'log'])
  expect(stderr).toMatch(/^warning Line \d+ of segment 1 does not match its checksum\.\nJournal: /)
  expect(exitCode).toBe(0)
  const journal = JSON.parse(await readFile(path.join(dir.folder, 'journal.json'), 'utf8'))
  expect(journal).toMatchObject({ status: 'interrupted', reason: expect.any(String) })
  expect(journal.run).toHaveLength(5)
})

it.each([
  {
    name: 'no such folder',
    words: ['journal', 'verify', 'nowhere'],
    says: 'there is no such folder',
    code: 1,
  },
  {
    name: 'a folder of something else',
    words: ['journal', 'verify', '.'],
    says: 'it holds no event log',
    code: 1,
  },
  {
    name: 'nothing to fold',
    words: ['journal', 'fold', '.'],
    says: 'does not tell of the start of a run',
    code: 1,
  },
  { name: 'no folder named', words: ['journal', 'verify'], says: "missing required argument 'log'", code: 2 },
])('says what is wrong: $name', async ({ words, says, code }) => {
  await using dir = await project()
  const { exitCode, stderr } = await dir.squall(words)
  expect(stderr).toContain(says)
  expect(exitCode).toBe(code)
})
