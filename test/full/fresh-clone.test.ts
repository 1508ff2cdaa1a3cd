import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../../', import.meta.url))
const place = mkdtempSync(path.join(os.tmpdir(), 'squall-clone-'))
const clone = path.join(place, 'clone')
const home = path.join(place, 'home')

beforeAll(() => {
  mkdirSync(home)
  const listed = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '-z', '--deduplicate'], {
    cwd: root,
  })
  const gone = execFileSync('git', ['ls-files', '-d', '-z'], { cwd: root }).toString().split('\0')
  for (const file of listed.toString().split('\0')) {
    if (file !== '' && !gone.includes(file)) cpSync(path.join(root, file), path.join(clone, file))
  }
})

afterAll(() => rmSync(place, { recursive: true, force: true }))

describe('a fresh clone with an empty home', () => {
  it('npm start installs, builds and ends well', () => {
    const { status, stderr } = npm(['start'])
    expect(stderr).toMatch(/Installing packages took .*Building took /s)
    expect(status).toBe(0)
  })

  it('a second start needs no network, installs and builds nothing, and adds at most 6 s', () => {
    const { status, stderr } = npm(['start'], offline)
    expect(stderr).not.toMatch(/Installing|Building/)
    expect(status).toBe(0)
    const began = performance.now()
    expect(npm(['run', 'build'], offline).status).toBe(0)
    expect(performance.now() - began).toBeLessThan(6_000)
  })

  it('npm test needs no network either', () => {
    const { status, stdout } = npm(['test', '--', 'packages/contract'], offline)
    expect(stdout).toMatch(/Tests +\d+ passed/)
    expect(status).toBe(0)
  })

  it('installs again without the network once everything but the caches is removed', () => {
    for (const folder of ['node_modules', '.turbo', 'packages/contract/dist', 'packages/core/node_modules']) {
      rmSync(path.join(clone, folder), { recursive: true, force: true })
    }
    const { status, stderr } = npm(['run', 'build'], offline)
    expect(stderr).toMatch(/Installing packages took .*Building took /s)
    expect(status).toBe(0)
  })
})

const online: string[] = []
const offline = [path.join(root, 'test/netns.sh')]

function npm(args: string[], prefix = online) {
  const [command = '', ...rest] = [...prefix, 'npm', ...args]
  return spawnSync(command, rest, {
    cwd: clone,
    env: bareEnvironment(),
    stdio: ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
  })
}

/** What a machine has that knows only Node and npm: nothing of this run's npm, and a home with nothing in it. */
function bareEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(npm_|vitest|node_|pnpm|xdg_|squall)/i.test(name),
  )
  const certificates = process.env.SQUALL_EXTRA_CA_CERTS ?? process.env.NODE_EXTRA_CA_CERTS
  const folders = (process.env.PATH ?? '').split(':').filter((folder) => !folder.includes('node_modules'))
  return {
    ...Object.fromEntries(kept),
    HOME: home,
    NO_COLOR: '1',
    PATH: folders.join(':'),
    ...(certificates ? { NODE_EXTRA_CA_CERTS: certificates } : {}),
  }
}
