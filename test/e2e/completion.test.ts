import { chmod, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { execa } from 'execa'
import { describe, expect, it } from 'vitest'
import { notRun } from '../requirements.ts'
import { Conversation } from './conversation.ts'
import { type Project, project, squallFile } from './squall.ts'

async function words(dir: Project, ...line: string[]): Promise<string[]> {
  const { stdout, exitCode } = await dir.squall(['complete-words', '--', ...line])
  expect(exitCode).toBe(0)
  return stdout.split('\n').map((text) => text.split('\t')[0] ?? '')
}

describe('what can stand for a word', () => {
  it.each([
    { line: ['ru'], is: ['run'] },
    { line: ['--log-format', ''], is: ['string', 'json'] },
    { line: ['--verbose', 'val'], is: ['validate'] },
    { line: ['run', '--rollback-strategy', 'de'], is: ['default', 'deviated'] },
    { line: ['run', '--var', 'x=1', '--dry', 'p'], is: ['probes', 'pause'] },
    { line: ['run', '--journ'], is: ['--journal-path'] },
    { line: ['run', ''], is: [':files'] },
    { line: ['run', '--journal-path', ''], is: [':files'] },
    { line: ['--change-dir', ''], is: [':files'] },
    { line: ['journal', 'ver'], is: ['verify'] },
    { line: ['journal', 'verify', ''], is: [':files'] },
    { line: ['info', 'c'], is: ['core'] },
    { line: ['settings', 'get', '--format', 's'], is: ['string'] },
    { line: ['completion', ''], is: ['bash', 'zsh', 'fish'] },
    { line: ['discover', '@squall/driver-por'], is: ['@squall/driver-ports'] },
    { line: ['run', '--driver', '@squall/driver-por'], is: ['@squall/driver-ports', ':files'] },
    { line: ['init', '--template', 'h'], is: ['http'] },
    { line: ['complete'], is: [''] },
    { line: ['nonsense', ''], is: [''] },
  ])('$line', async ({ line, is }) => {
    await using dir = await project()
    expect(await words(dir, ...line)).toEqual(is)
  })
})

it('names every command, and not the one that completes', async () => {
  await using dir = await project()
  const named = await words(dir, '')
  const { stdout: help } = await dir.squall(['--help'])
  for (const name of named) expect(help).toMatch(new RegExp(`^  ${name}\\b`, 'm'))
  expect(named).toEqual(expect.arrayContaining(['run', 'validate', 'init', 'discover', 'completion', 'lab']))
  expect(help).not.toContain('complete-words')
})

/** A folder in which `squall` is a command. */
async function shellProject(): Promise<Project> {
  const dir = await project({
    'bin/squall': `#!/bin/sh\nexec ${process.execPath} ${squallFile} "$@"\n`,
    'my experiment.json': {},
  })
  await chmod(path.join(dir.folder, 'bin/squall'), 0o755)
  return dir
}

it('completes commands, choices and files in bash', async () => {
  await using dir = await shellProject()
  await using bash = new Conversation('PS1="ready> " PATH="$PWD/bin:$PATH" bash --norc --noprofile -i', dir)
  await bash.answer('ready>', 'source <(squall completion bash)\r')
  await bash.answer('ready>', 'squall va\t')
  await bash.answer('squall validate ', 'my\t')
  await bash.answer('\\ experiment.json', '\u0015squall run --rollback-strategy al\t')
  await bash.answer('always ', '\u0015squall discover @squall/driver-pr\t')
  await bash.answer('@squall/driver-process ', '\u0015exit\r')
  await bash.end()
}, 60_000)

it.each(['zsh', 'fish'] as const)('prints what %s can read', async (shell) => {
  await using dir = await shellProject()
  const { stdout } = await dir.squall(['completion', shell])
  const file = path.join(dir.folder, `completion.${shell}`)
  await writeFile(file, stdout)
  const checked = await execa(shell, ['-n', file], { reject: false })
  if (checked.code === 'ENOENT') return notRun(`completion in ${shell}`, 'it is not installed')
  expect(checked).toMatchObject({ exitCode: 0, stderr: '' })
})

it('refuses a shell it does not know', async () => {
  await using dir = await project()
  const { exitCode, stderr } = await dir.squall(['completion', 'tcsh'])
  expect(stderr).toContain('Allowed choices are bash, zsh, fish.')
  expect(exitCode).toBe(2)
})

it.each([
  { words: ['rnu'], says: 'Did you mean run?' },
  { words: ['run', '--journal-pth', 'x', 'e.json'], says: 'Did you mean --journal-path?' },
  { words: ['settings', 'shwo'], says: 'Did you mean show?' },
])('asks what was meant by $words', async ({ words: line, says }) => {
  await using dir = await project()
  const { exitCode, stderr } = await dir.squall(line)
  expect(stderr).toContain(says)
  expect(exitCode).toBe(2)
})
