import { readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { rootToken, startVault } from '../../packages/driver-vault/test/vault-server.ts'
import { here } from '../requirements.ts'
import { type DriverCase, driverCases } from './driver-cases.ts'
import { libraryCases } from './library-cases.ts'
import { type LocalRegistry, startRegistry } from './local-registry.ts'
import { packAll } from './packed.ts'
import { thirdPartyPackages } from './third-party.ts'
import { type Ended, type UserProject, userProject } from './user-project.ts'

/** Those with a test of their own: below, and in packages.test.ts and global.test.ts. */
const others = ['@squall/cli', 'create-squall-driver', '@squall/driver-vault', 'squall']
const play = path.join(here, 'packages/play-beside.mjs')

let place: string
let registry: LocalRegistry
beforeAll(async () => {
  place = await mkdtemp(path.join(os.tmpdir(), 'squall-each-'))
  registry = await startRegistry(await packAll(place), thirdPartyPackages(['zod']))
}, 120_000)
afterAll(async () => {
  await registry?.[Symbol.asyncDispose]()
  await rm(place, { recursive: true, force: true })
})

it('every package has a case here', () => {
  const packages = path.join(here, '../packages')
  const names = readdirSync(packages).map((folder) => {
    const { name } = JSON.parse(readFileSync(path.join(packages, folder, 'package.json'), 'utf8'))
    return name as string
  })
  const cases = [...Object.keys(driverCases), ...Object.keys(libraryCases), ...others]
  expect(cases.sort(), 'Add a new package to test/packages/driver-cases.ts or library-cases.ts.').toEqual(
    names.sort(),
  )
})

describe('alone with the command', { timeout: 120_000 }, () => {
  it.each(Object.entries(driverCases))('%s plays an experiment', async (name, driver) => {
    await using project = await install('@squall/cli', name)
    await project.write({ ...driver.files, 'experiment.json': driver.experiment })
    const ended = await playIn(project, driver)
    expect(ended, `${ended.stdout}${ended.stderr}`).toMatchObject({ exitCode: 0 })
    expect(await journalOf(project)).toMatchObject({ status: 'completed', ...driver.journal })
  })

  it('@squall/driver-vault hands a secret to another driver', async () => {
    await using vault = await startVault({ secret: { v2: { shop: { password: 'swordfish' } } } })
    await using project = await install('@squall/cli', '@squall/driver-vault', '@squall/driver-process')
    const provider = { type: 'process', path: 'printf', arguments: ['%s', '${password}'] }
    await project.write({
      'experiment.json': {
        title: 'Alone',
        description: 'The driver, one that can be told a secret, and the command.',
        configuration: { vault_addr: vault.url, vault_token: rootToken },
        secrets: { db: { password: { type: 'vault', path: 'shop', key: 'password' } } },
        method: [{ type: 'probe', name: 'print', provider }],
      },
    })
    const ended = await project.run('squall', 'run', 'experiment.json')
    expect(ended, ended.stderr).toMatchObject({ exitCode: 0 })
    const output = { status: 0, stdout: '[secret db.password]' }
    expect(await journalOf(project)).toMatchObject({ run: [{ output }] })
  })
})

describe('alone in a project', { timeout: 120_000 }, () => {
  it.each(Object.entries(libraryCases))(
    '%s does what it is for',
    async (name, { also = [], code, prints }) => {
      await using project = await install(name, ...also)
      await project.write({ 'use.mjs': code })
      const { exitCode, stdout, stderr } = await project.run(process.execPath, 'use.mjs')
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
      expect(JSON.parse(stdout)).toEqual(prints)
    },
  )

  it('@squall/cli runs an experiment without activities', async () => {
    await using project = await install('@squall/cli')
    await project.write({ 'e.json': { title: 'Nothing', description: 'Nothing is done.', method: [] } })
    expect(await project.run('squall', 'run', 'e.json')).toMatchObject({ exitCode: 0 })
    expect(await journalOf(project)).toMatchObject({ status: 'completed', run: [] })
  })

  it('create-squall-driver makes a driver', async () => {
    await using project = await install('create-squall-driver')
    const ended = await project.run('create-squall-driver', 'lamps')
    expect(ended, ended.stderr).toMatchObject({ exitCode: 0 })
    const made = await readFile(path.join(project.folder, 'squall-driver-lamps/package.json'), 'utf8')
    expect(JSON.parse(made)).toMatchObject({ name: 'squall-driver-lamps', squall: { contract: 1 } })
  })
})

function install(...names: readonly string[]): Promise<UserProject> {
  return userProject(registry, names, { cache: path.join(place, 'cache') })
}

/** In a namespace of its own where there is one: every port is free there, and nothing is left of it. */
function playIn(project: UserProject, { beside, command, variables = {} }: DriverCase): Promise<Ended> {
  const run = command ?? ['squall', 'run', 'experiment.json']
  const played = beside ? [process.execPath, play, JSON.stringify(beside), ...run] : run
  const set = Object.entries({ NO_NS: '1', ...variables }).map(([name, value]) => `${name}=${value}`)
  return project.run('env', ...set, path.join(here, 'netns.sh'), ...played)
}

async function journalOf({ folder }: UserProject): Promise<unknown> {
  return JSON.parse(await readFile(path.join(folder, 'journal.json'), 'utf8'))
}
