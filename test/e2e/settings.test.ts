import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { type Project, project } from './squall.ts'

const text = `# Who we are elsewhere.
auths:
  example.com: {type: bearer, value: XYZ}
list: [1, {two: 2}]
runtime: {rollbacks: {strategy: always}}
`

const settings = (dir: Project, ...words: string[]) =>
  dir.squall(['--settings', 's.yaml', 'settings', ...words])

describe('squall settings', () => {
  it.each([
    { words: ['get', 'auths.example\\.com.value', '--format', 'string'], out: 'XYZ' },
    { words: ['get', 'auths.example\\.com.value'], out: 'XYZ\n...' },
    { words: ['get', 'auths.example\\.com.value', '--format', 'json'], out: '"XYZ"' },
    { words: ['get', 'list[1].two', '--format', 'string'], out: '2' },
    { words: ['get', 'runtime'], out: 'rollbacks:\n  strategy: always' },
    { words: ['show', '--format', 'json'], out: JSON.stringify(parsed(), null, 2) },
  ])('$words prints what is there', async ({ words, out }) => {
    await using dir = await project({ 's.yaml': text })
    const { stdout, exitCode } = await settings(dir, ...words)
    expect(stdout).toBe(out)
    expect(exitCode).toBe(0)
  })

  it.each([
    { words: ['get', 'auths.example.com'], says: "have no 'auths.example.com'" },
    { words: ['set', 'runtime.hypothesis', '1'], says: 'Say `--create`' },
    { words: ['remove', 'list[2]'], says: "have no 'list[2]'" },
    { words: ['set', 'list', 'nonsense'], says: "'nonsense' is not JSON." },
  ])('$words ends with 1, says why and changes nothing', async ({ words, says }) => {
    await using dir = await project({ 's.yaml': text })
    const { stderr, stdout, exitCode } = await settings(dir, ...words)
    expect(stderr).toContain(says)
    expect(stderr).not.toMatch(/\n\s+at /)
    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 1 })
    expect(await readFile(path.join(dir.folder, 's.yaml'), 'utf8')).toBe(text)
  })

  it('changes one entry and keeps comments and all else', async () => {
    await using dir = await project({ 's.yaml': text })
    const edited = async () => readFile(path.join(dir.folder, 's.yaml'), 'utf8')
    await settings(dir, 'set', 'auths.example\\.com.value', '"ABC"')
    expect(await edited()).toBe(text.replace('XYZ', 'ABC'))
    await settings(dir, 'remove', 'auths')
    expect(await edited()).toBe(text.split('\n').slice(3).join('\n'))
    expect((await settings(dir, 'set', 'mine.deep', '{"a":[true]}', '--create')).exitCode).toBe(0)
    expect((await settings(dir, 'get', 'mine', '--format', 'json')).stdout).toContain('"deep": {')
  })

  it('shows both files together and changes the one that decides', async () => {
    await using dir = await project({
      '../home/.chaostoolkit/settings.yaml': 'runtime: {rollbacks: {strategy: always}}\nmine: 1\n',
      '../home/.config/squall/settings.yaml': 'runtime: {rollbacks: {strategy: never}}\n',
    })
    const { stdout } = await dir.squall(['settings', 'show'])
    expect(stdout).toBe('runtime:\n  rollbacks:\n    strategy: never\nmine: 1')
    await dir.squall(['settings', 'set', 'runtime.rollbacks.strategy', '"deviated"'])
    await dir.squall(['settings', 'set', 'mine', '2'])
    const inHome = (file: string) => readFile(path.join(dir.home, file), 'utf8')
    expect(await inHome('.chaostoolkit/settings.yaml')).toContain('always}}\nmine: 2')
    expect(await inHome('.config/squall/settings.yaml')).toContain('deviated')
  })

  it('says where it looked when there is no file', async () => {
    await using dir = await project()
    const { exitCode, stderr } = await dir.squall(['settings', 'show'])
    expect(stderr).toContain('No settings file found at ')
    expect(exitCode).toBe(1)
    const created = await dir.squall(['settings', 'set', 'a.b', '1', '--create'])
    expect(created.exitCode).toBe(0)
    expect((await dir.squall(['settings', 'get', 'a', '--format', 'json'])).stdout).toBe('{\n  "b": 1\n}')
  })
})

describe('squall info', () => {
  it('prints versions in the columns of the reference', async () => {
    await using dir = await project()
    const { stdout, exitCode } = await dir.squall(['info', 'core'])
    expect(stdout).toMatch(/^NAME {16}VERSION\nCLI {17}\d+\.\d+\.\d+\nCore library {8}\d+\.\d+\.\d+\n/)
    expect(exitCode).toBe(0)
  })

  it('lists the installed drivers', async () => {
    await using dir = await project()
    const { stdout } = await dir.squall(['info', 'drivers'])
    expect(stdout).toMatch(/^NAME {36}VERSION {3}LICENSE {23}DESCRIPTION\n/)
    expect(stdout).toMatch(/^@squall\/driver-http {21}\d/m)
    const json = JSON.parse((await dir.squall(['info', 'drivers', '--json'])).stdout)
    expect(json).toContainEqual(expect.objectContaining({ name: '@squall/driver-http', license: 'MIT' }))
  })

  it('prints the settings file as it is, or where there is none', async () => {
    await using dir = await project({ 's.yaml': text })
    const there = await dir.squall(['--settings', 's.yaml', 'info', 'settings'])
    expect(`${there.stdout}\n`).toBe(text)
    const nowhere = await dir.squall(['--settings', 'no.yaml', 'info', 'settings'])
    expect(nowhere).toMatchObject({
      stdout: `No settings file found at ${path.join(dir.folder, 'no.yaml')}`,
      exitCode: 0,
    })
  })

  it('refuses what it cannot tell of', async () => {
    await using dir = await project()
    expect(await dir.squall(['info', 'weather'])).toMatchObject({ exitCode: 2, stdout: '' })
  })
})

function parsed(): object {
  return {
    auths: { 'example.com': { type: 'bearer', value: 'XYZ' } },
    list: [1, { two: 2 }],
    runtime: { rollbacks: { strategy: 'always' } },
  }
}
