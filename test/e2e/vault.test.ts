import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { rootToken, startVault, type VaultServer } from '../../packages/driver-vault/test/vault-server.ts'
import { here } from '../requirements.ts'
import { tracesOf } from './secrets/traces.ts'
import { experiment, type Project, project } from './squall.ts'

const driver = ['--driver', path.join(here, '../packages/driver-vault')]
const password = 'swordfish-of-the-shop'
let vault: VaultServer

beforeEach(async () => {
  vault = await startVault({ secret: { v2: { 'shop/db': { user: 'shop', password } } } })
})
afterEach(() => vault[Symbol.asyncDispose]())

const secret = (more: object) => ({ type: 'vault', path: 'shop/db', ...more })
const printing = (text: string) => ({
  type: 'probe',
  name: 'print',
  provider: { type: 'process', path: 'printf', arguments: ['%s', text] },
})

function shop(more: object = {}): object {
  return experiment({
    configuration: { vault_addr: vault.url, vault_token: { type: 'env', key: 'SHOP_TOKEN' } },
    secrets: { db: { password: secret({ key: 'password' }) } },
    method: [printing('it is ${password}')],
    ...more,
  })
}

const env = { SHOP_TOKEN: rootToken }

async function journalOf({ folder }: Project) {
  return JSON.parse(await readFile(path.join(folder, 'journal.json'), 'utf8'))
}

it('a run has the secret from Vault, and leaves no trace of it nor of the token', async () => {
  await using dir = await project({ 'e.json': shop() })
  const { exitCode, stdout, stderr } = await dir.squall(['run', 'e.json', ...driver, '--event-log', 'log'], {
    env,
  })
  expect(exitCode).toBe(0)
  const [print] = (await journalOf(dir)).run
  expect(print.output.stdout).toBe('it is [secret db.password]')
  expect(await tracesOf([password, rootToken], [dir.folder, dir.home], { stdout, stderr })).toEqual([])
  // Once for the validation and once for the run, as the reference reads it.
  expect(vault.requests).toEqual(['GET /v1/secret/data/shop/db', 'GET /v1/secret/data/shop/db'])
})

it('configuration may come from Vault too, under `from`', async () => {
  const configuration = {
    vault_addr: vault.url,
    vault_token: rootToken,
    login: { from: 'vault', path: 'shop/db', key: 'user' },
  }
  const document = shop({ configuration, secrets: {}, method: [printing('${login}')] })
  await using dir = await project({ 'e.json': document })
  expect(await dir.squall(['run', 'e.json', ...driver])).toMatchObject({ exitCode: 0 })
  // Shorter than six characters, so it is not looked for.
  expect((await journalOf(dir)).run[0].output.stdout).toBe('shop')
})

it.each(['validate', 'run'])('%s refuses what Vault refuses, at its place in the file', async (command) => {
  await using dir = await project({ 'e.json': shop() })
  const { exitCode, stderr } = await dir.squall([command, 'e.json', ...driver], {
    env: { SHOP_TOKEN: 'stolen-token' },
  })
  expect(exitCode).toBe(1)
  expect(stderr).toMatch(
    /e\.json:\d+:\d+.*\n?.*'db\.password' cannot be read from vault: permission denied \(status 403\)/,
  )
  expect(stderr).not.toContain('stolen-token')
  expect(stderr).not.toMatch(/^ +at /m)
})

it('without the driver the run goes on as with the reference, and names the package', async () => {
  await using dir = await project({ 'e.json': shop() })
  const { exitCode, stderr } = await dir.squall(['run', 'e.json'], { env })
  expect(exitCode).toBe(0)
  expect(stderr).toContain('npm install @squall/driver-vault')
  expect((await journalOf(dir)).run[0].output.stdout).toBe('it is {}')
})

it('an undo gets the secret again from the watchdog of a run that was killed', async () => {
  const module = `
    import { writeFile } from 'node:fs/promises'
    export async function harm({ file, password }, { undo, signal }) {
      await undo('mend', { file, password })
      await writeFile(file, 'broken')
      await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
    }
    export const mend = ({ file, password }) => writeFile(file, 'mended with ' + password)
  `
  await using dir = await project({ 'harm.mjs': module })
  const file = path.join(dir.folder, 'target')
  const provider = {
    type: 'node',
    module: './harm.mjs',
    func: 'harm',
    arguments: { file, password: '${password}' },
  }
  const document = shop({ method: [{ type: 'action', name: 'harm', provider }] })
  await writeFile(path.join(dir.folder, 'e.json'), JSON.stringify(document))
  const run = dir.squall(['run', 'e.json', ...driver], { env })
  await expect.poll(() => readFile(file, 'utf8').catch(() => ''), { timeout: 20_000 }).toBe('broken')
  run.kill('SIGKILL')
  await run
  await expect.poll(() => readFile(file, 'utf8'), { timeout: 20_000 }).toBe(`mended with ${password}`)
  await expect
    .poll(() => journalOf(dir).catch(() => undefined), { timeout: 20_000 })
    .toMatchObject({
      status: 'interrupted',
      undo: [{ status: 'undone', arguments: { arguments: { password: { $secret: 'db.password' } } } }],
    })
})
