import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { here } from '../requirements.ts'

const root = path.join(here, '..')

it('the lockfile has a checksum of every package, and no address it came from', () => {
  const lines = readFileSync(path.join(root, 'pnpm-lock.yaml'), 'utf8').split('\n')
  expect(lines.filter((line) => /\btarball:|https?:\/\/|\bgit\+|github:/.test(line))).toEqual([])
  const resolved = lines.filter((line) => line.includes('resolution:'))
  expect(resolved.length).toBeGreaterThan(100)
  expect(resolved.filter((line) => !line.includes('integrity: sha512-'))).toEqual([])
})

it('no file of the repository names a registry', () => {
  const host = '(registry[.](npmjs|yarnpkg|npmmirror)|npm[.]pkg[.]github)'
  const setting = '^ *(@[a-z]+:)?registry *[=:] *["\']?https?:'
  const search = ['grep', '--untracked', '-lIE', '-e', host, '-e', setting]
  const { status, stdout } = spawnSync('git', search, { cwd: root, encoding: 'utf8' })
  expect(stdout).toBe('')
  expect(status, 'git grep ends with 1 when it finds nothing').toBe(1)
})
