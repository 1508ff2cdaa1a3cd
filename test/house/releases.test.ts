import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { here } from '../requirements.ts'

interface Manifest {
  readonly name: string
  readonly version: string
  readonly peerDependencies?: Readonly<Record<string, string>>
}

const root = path.join(here, '..')
const folders = readdirSync(path.join(root, 'packages'))

let clone: string
beforeEach(() => {
  clone = mkdtempSync(path.join(os.tmpdir(), 'squall-release-'))
  const files = [
    ...['package.json', 'pnpm-workspace.yaml', 'pnpm-lock.yaml', 'scripts', '.changeset'],
    ...[...folders.map((folder) => `packages/${folder}/package.json`), 'packages/core/src/version.ts'],
    'docs/command-line.md',
  ]
  for (const file of files) cpSync(path.join(root, file), path.join(clone, file), { recursive: true })
  for (const file of pending()) rmSync(path.join(clone, '.changeset', file))
  symlinkSync(path.join(root, 'node_modules'), path.join(clone, 'node_modules'))
  git('init', '--quiet', '--initial-branch=main')
  git('add', '.changeset', 'package.json')
  git('commit', '--quiet', '--message=Start')
})
afterEach(() => rmSync(clone, { recursive: true, force: true }))

it.each([
  { name: '@squall/contract', level: 'patch', version: [0, 0, 1] },
  { name: '@squall/contract', level: 'minor', version: [0, 1, 0] },
  { name: '@squall/contract', level: 'major', version: [1, 0, 0] },
  { name: '@squall/driver-os', level: 'minor', version: [0, 1, 0] },
])('a $level change of $name takes every package along, and none further', ({ name, level, version }) => {
  const next = bumped(manifestOf('core').version, version)
  writeFileSync(path.join(clone, '.changeset/one.md'), `---\n'${name}': ${level}\n---\n\nLamps glow.\n`)
  release()
  const manifests = folders.map(manifestOf)
  expect(new Set(manifests.map((manifest) => manifest.version))).toEqual(new Set([next]))
  const [major, minor] = next.split('.').map(Number)
  const ours = new Set(manifests.map((manifest) => manifest.name))
  const peers = manifests.flatMap(({ peerDependencies = {} }) =>
    Object.entries(peerDependencies).filter(([peer]) => ours.has(peer)),
  )
  const range = `workspace:>=${major}.${minor}.0 <${Number(major) + 1}.0.0`
  expect(new Set(peers.map(([, peer]) => peer))).toEqual(new Set([range]))
  expect(read('packages/core/src/version.ts')).toContain(`'${next}'`)
  expect(read('docs/command-line.md')).toMatch(new RegExp(`^Core library +${next}$`, 'm'))
})

it('what waits for the next release can be released', () => {
  const files = pending()
  for (const file of files) cpSync(path.join(root, '.changeset', file), path.join(clone, '.changeset', file))
  const before = manifestOf('core').version
  if (files.length > 0) release()
  expect(pending(clone)).toEqual([])
  expect(manifestOf('core').version === before).toBe(files.length === 0)
})

/** `npm run version`, as the root's package.json has it. */
function release(): void {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: { version: string } }
  const bin = path.join(root, 'node_modules/.bin')
  const env = { ...process.env, PATH: `${bin}${path.delimiter}${process.env['PATH']}` }
  execFileSync(scripts.version, { cwd: clone, env, shell: true, stdio: ['ignore', 'pipe', 'pipe'] })
}

function git(...words: readonly string[]): void {
  const who = ['-c', 'user.name=squall', '-c', 'user.email=squall@example.com', '-c', 'commit.gpgsign=false']
  execFileSync('git', [...who, ...words], { cwd: clone, stdio: ['ignore', 'pipe', 'pipe'] })
}

function pending(place = root): readonly string[] {
  return readdirSync(path.join(place, '.changeset')).filter(
    (file) => file.endsWith('.md') && file !== 'README.md',
  )
}

function bumped(version: string, by: readonly number[]): string {
  const numbers = version.split('.').map(Number)
  const first = by.findIndex((step) => step > 0)
  return numbers.map((number, at) => (at > first ? 0 : number + (by[at] ?? 0))).join('.')
}

function manifestOf(folder: string): Manifest {
  return JSON.parse(read(`packages/${folder}/package.json`)) as Manifest
}

function read(file: string): string {
  return readFileSync(path.join(clone, file), 'utf8')
}
