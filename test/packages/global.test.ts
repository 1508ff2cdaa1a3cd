import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { execa } from 'execa'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type LocalRegistry, startRegistry } from './local-registry.ts'
import { packAll } from './packed.ts'
import { thirdPartyPackages } from './third-party.ts'
import { type Ended, userEnvironment } from './user-project.ts'

let place: string
let registry: LocalRegistry
let version: string

const folderOf = (name: string): string => path.join(place, name)

beforeAll(async () => {
  place = await mkdtemp(path.join(os.tmpdir(), 'squall-global-'))
  const packages = await packAll(place)
  version = packages.find(({ name }) => name === 'squall')?.manifest.version ?? ''
  registry = await startRegistry(packages, thirdPartyPackages())
  await Promise.all(['home', 'prefix', 'bare', 'elsewhere'].map((name) => mkdir(folderOf(name))))
  const experiment = (name: string, provider: object) => {
    const probe = { type: 'probe', name: 'first', provider }
    const text = JSON.stringify({ title: 'T', description: 'D', method: [probe] })
    return writeFile(path.join(folderOf('elsewhere'), name), text)
  }
  await experiment('process.json', { type: 'process', path: 'printf', arguments: ['hello'] })
  await experiment('os.json', { type: 'os', func: 'memory' })
  await npm('install', '--global', '--prefix', folderOf('prefix'), 'squall', '@squall/driver-os')
}, 180_000)

afterAll(async () => {
  await registry?.[Symbol.asyncDispose]()
  await rm(place, { recursive: true, force: true })
})

it('is found as a command, with its version', async () => {
  expect(await squall('prefix', '--version')).toMatchObject({
    exitCode: 0,
    stdout: `squall, version ${version}`,
  })
})

it('finds the drivers that came with it and those installed globally beside it, from any folder', async () => {
  const { exitCode, stdout } = await squall('prefix', 'drivers', '--json')
  expect(exitCode).toBe(0)
  const names = (JSON.parse(stdout) as readonly { name: string }[]).map(({ name }) => name)
  expect(names).toEqual(expect.arrayContaining(['@squall/driver-process', '@squall/driver-os']))
})

it.each(['process', 'os'])('plays an experiment with the driver %s in an unrelated folder', async (name) => {
  const ended = await squall('prefix', 'run', `${name}.json`, '--journal-path', `${name}-journal.json`)
  expect(ended, ended.stderr).toMatchObject({ exitCode: 0 })
  const file = path.join(folderOf('elsewhere'), `${name}-journal.json`)
  const journal = JSON.parse(await readFile(file, 'utf8'))
  expect(journal).toMatchObject({ status: 'completed', run: [{ status: 'succeeded' }] })
})

it('works with the bare command and one driver', async () => {
  await npm('install', '--global', '--prefix', folderOf('bare'), '@squall/cli', '@squall/driver-process')
  const ended = await squall('bare', 'run', 'process.json')
  expect(ended, ended.stderr).toMatchObject({ exitCode: 0 })
}, 120_000)

it('finds a driver that was missing, once it is installed as the message says', async () => {
  const before = await squall('bare', 'validate', 'os.json')
  expect(before.exitCode).toBe(1)
  const [, advice = ''] = /`npm (install [^`]+)`/.exec(before.stderr) ?? []
  expect(advice).toBe('install @squall/driver-os')
  await npm(...advice.split(' '))
  expect(await squall('bare', 'validate', 'os.json')).toMatchObject({ exitCode: 0 })
}, 120_000)

it('runs through npx without being installed', async () => {
  const ended = await started('npx', ['--yes', 'squall', 'run', 'process.json'])
  expect(ended, ended.stderr).toMatchObject({ exitCode: 0 })
  expect(ended.stderr).toMatch(/✓ probe first/)
}, 120_000)

async function npm(...words: readonly string[]): Promise<void> {
  const ended = await started('npm', ['--no-audit', '--no-fund', ...words])
  expect(ended, ended.stderr).toMatchObject({ exitCode: 0 })
}

function squall(prefix: string, ...words: readonly string[]): Promise<Ended> {
  return started(path.join(folderOf(prefix), 'bin/squall'), words)
}

async function started(program: string, words: readonly string[]): Promise<Ended> {
  const { exitCode, stdout, stderr } = await execa(program, words, {
    cwd: folderOf('elsewhere'),
    env: userEnvironment(folderOf('home'), registry),
    extendEnv: false,
    stdin: 'ignore',
    timeout: 120_000,
    reject: false,
  })
  return { exitCode, stdout, stderr }
}
