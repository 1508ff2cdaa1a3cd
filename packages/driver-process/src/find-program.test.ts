import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { expandHome, findProgram } from './find-program.ts'

const root = mkdtempSync(path.join(tmpdir(), 'find-program-'))
function place(file: string, mode: number): string {
  const full = path.join(root, file)
  mkdirSync(path.dirname(full), { recursive: true })
  writeFileSync(full, '')
  chmodSync(full, mode)
  return full
}
const first = place('one/tool', 0o755)
const second = place('two/tool', 0o755)
const hidden = place('one/plain', 0o644)
const exe = place('two/run.EXE', 0o755)
mkdirSync(path.join(root, 'one/folder'))

const [one, two] = [path.join(root, 'one'), path.join(root, 'two')]
const posix = (PATH?: string) => ({ environment: { PATH }, platform: 'linux' })

describe('findProgram', () => {
  it.each([
    { name: 'takes the first of the PATH', world: posix(`${one}:${two}`), program: 'tool', found: first },
    { name: 'looks further', world: posix(`${root}:${two}:${one}`), program: 'tool', found: second },
    { name: 'takes a path as it is', world: posix(''), program: second, found: second },
    { name: 'needs leave to execute', world: posix(one), program: 'plain', found: undefined },
    { name: 'needs it for a path too', world: posix(one), program: hidden, found: undefined },
    { name: 'wants no folder', world: posix(one), program: 'folder', found: undefined },
    { name: 'does not know ~', world: posix(one), program: '~/tool', found: undefined },
    { name: 'finds nothing in an empty PATH', world: posix(''), program: 'sh', found: undefined },
    { name: 'has a PATH when none is set', world: posix(undefined), program: 'sh', found: '/bin/sh' },
  ])('$name', ({ world, program, found }) => {
    expect(findProgram(program, world)).toBe(found)
  })

  it('tries the endings of Windows', () => {
    const world = { environment: { PATH: two, PATHEXT: '.COM;.EXE' }, platform: 'win32' }
    expect(findProgram('run', world)).toBe(exe)
  })
})

describe('expandHome', () => {
  it.each([
    ['~/bin/x', '/home/me/bin/x'],
    ['~', '/home/me'],
    ['~you/x', '~you/x'],
    ['/a/~/x', '/a/~/x'],
  ])('%s is %s', (name, expanded) => {
    expect(expandHome(name, { environment: { HOME: '/home/me' }, platform: 'linux' })).toBe(expanded)
  })
})
