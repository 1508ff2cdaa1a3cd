import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { experiment, project } from './squall.ts'

/** Prints configuration, secrets and an environment variable as they arrive. */
const declared = experiment({
  configuration: { a: 'file', b: 1, e: { type: 'env', key: 'CASE_E', default: 'none' } },
  secrets: { g: { s: 'own', t: 'too' } },
  method: [
    {
      type: 'action',
      name: 'show',
      provider: {
        type: 'process',
        path: 'sh',
        arguments: ['-c', 'printf "%s " "$@" "[$CASE_D]"', 'sh', '${a}', '${b}', '${e}', '${s}', '${t}'],
      },
    },
  ],
})

async function shown(words: readonly string[], files: Readonly<Record<string, unknown>>): Promise<string> {
  await using place = await project({ 'x.json': declared, ...files })
  const { exitCode, stderr } = await place.squall(['run', ...words, 'x.json'], {
    env: { CASE_E: undefined, CASE_D: undefined },
  })
  expect(stderr).not.toContain('    at ')
  if (exitCode !== 0) return `exit ${exitCode}: ${stderr}`
  const journal = JSON.parse(await readFile(path.join(place.folder, 'journal.json'), 'utf8'))
  return journal.run[0].output.stdout.trim()
}

describe('--var-file (spec 3.5)', () => {
  it.each([
    { name: 'nothing given', words: [], files: {}, output: 'file 1 none own too []' },
    {
      name: 'JSON, with its types',
      words: ['--var-file', 'v.json'],
      files: { 'v.json': '{"configuration": {"a": 1.0, "b": [true, null]}, "other": 1}' },
      output: '1.0 [True, None] none own too []',
    },
    {
      name: 'YAML, read as YAML 1.1',
      words: ['--var-file', 'v.yml'],
      files: { 'v.yml': 'configuration:\n  a: on\n  b: 0o14\n' },
      output: 'True 0o14 none own too []',
    },
    {
      name: 'an entry that is itself to be looked up',
      words: ['--var-file', 'v.yaml'],
      files: { 'v.yaml': 'configuration: {a: {type: env, key: CASE_NO, default: found}}' },
      output: 'found 1 none own too []',
    },
    {
      name: 'a later file wins per key, --var over all',
      words: ['--var-file', '1.json', '--var', 'b:float=4', '--var-file', '2.json'],
      files: {
        '1.json': { configuration: { a: 'one', b: 'one', e: 'one' } },
        '2.json': { configuration: { a: 'two', b: 'two' } },
      },
      output: 'two 4.0 one own too []',
    },
    {
      name: 'a group of secrets is replaced as a whole',
      words: ['--var-file', '1.json', '--var-file', '2.json'],
      files: {
        '1.json': { secrets: { g: { s: 'one', t: 'one' } } },
        '2.json': { secrets: { g: { s: 'two' } } },
      },
      output: 'file 1 none two ${t} []',
    },
    {
      name: 'what the experiment does not declare is left out',
      words: ['--var-file', 'v.json', '--var', 'c=1'],
      files: { 'v.json': { configuration: { c: 1 }, secrets: { h: { s: 'x' } } } },
      output: 'file 1 none own too []',
    },
    {
      name: 'any other file is lines of the environment, without quotes and expansion',
      words: ['--var-file', 'v.env'],
      files: { 'v.env': '# a comment\n\n  CASE_E="quoted"  \nCASE_D=$HOME=x\nexport CASE_X=1\n' },
      output: 'file 1 "quoted" own too [$HOME=x]',
    },
    {
      name: 'an empty YAML file is one of those too',
      words: ['--var-file', 'v.yaml'],
      files: { 'v.yaml': '# CASE_D=1\n' },
      output: 'file 1 none own too []',
    },
    {
      name: 'a file that does not parse is told and left out',
      words: ['--var-file', 'v.json', '--var-file', 'w.json'],
      files: { 'v.json': '{"configuration": {"a": }}', 'w.json': { configuration: { b: 'w' } } },
      output: 'file w none own too []',
    },
  ])('$name', async ({ words, files, output }) => {
    expect(await shown(words, files)).toBe(output)
  })

  it.each([
    { name: 'that is not there', words: ['--var-file', 'no.json'], files: {}, exit: 2, says: 'no such file' },
    {
      name: 'that is a list',
      words: ['--var-file', 'v.json'],
      files: { 'v.json': '[1]' },
      exit: 1,
      says: 'no object',
    },
    {
      name: 'that is `{}`',
      words: ['--var-file', 'v.json'],
      files: { 'v.json': '{}' },
      exit: 1,
      says: 'line 1',
    },
    {
      name: 'with a configuration that is a list',
      words: ['--var-file', 'v.json'],
      files: { 'v.json': { configuration: [1] } },
      exit: 1,
      says: '`configuration` is no object',
    },
    {
      name: 'with a line that has no =',
      words: ['--var-file', 'v.env'],
      files: { 'v.env': 'A=1\nB\n' },
      exit: 1,
      says: 'line 2 is no NAME=value',
    },
    { name: 'nor a --var without =', words: ['--var', 'a'], files: {}, exit: 2, says: "no '='" },
    {
      name: 'nor a --var of a wrong type',
      words: ['--var', 'b:int=x'],
      files: {},
      exit: 2,
      says: 'should be int',
    },
    {
      name: 'nor a --var of a type nobody knows',
      words: ['--var', 'b:date=x'],
      files: {},
      exit: 2,
      says: 'one of str',
    },
  ])('refuses one $name', async ({ words, files, exit, says }) => {
    const told = await shown(words, files)
    expect(told).toContain(`exit ${exit}: `)
    expect(told).toContain(says)
  })
})

describe('validate and plan take them too', () => {
  const needy = experiment({ configuration: { url: { type: 'env', key: 'CASE_NOT_THERE' } } })

  it.each([
    { command: 'validate', words: [], exit: 1 },
    { command: 'validate', words: ['--var', 'url=x'], exit: 0 },
    { command: 'validate', words: ['--var-file', 'v.json'], exit: 0 },
    { command: 'validate', words: ['--var-file', 'v.env'], exit: 0 },
    { command: 'plan', words: [], exit: 1 },
    { command: 'plan', words: ['--var-file', 'v.json'], exit: 0 },
  ])('$command $words', async ({ command, words, exit }) => {
    await using place = await project({
      'x.json': needy,
      'v.json': { configuration: { url: 'x' } },
      'v.env': 'CASE_NOT_THERE=1',
    })
    expect((await place.squall([command, ...words, 'x.json'])).exitCode).toBe(exit)
  })

  it('while run checks the file without them, as the reference does', async () => {
    await using place = await project({ 'x.json': needy })
    const run = await place.squall(['run', '--var', 'url=x', 'x.json'])
    expect(run).toMatchObject({ exitCode: 1 })
    expect(run.stderr).toContain('--no-validation')
    const unchecked = await place.squall(['run', '--no-validation', '--var', 'url=x', 'x.json'])
    expect(unchecked.exitCode).toBe(0)
  })
})
