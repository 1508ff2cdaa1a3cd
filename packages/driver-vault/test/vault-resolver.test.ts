import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import type { JsonObject } from '@squall/contract'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Asker } from './resolve.ts'
import { selfSigned } from './self-signed.ts'
import { appRole, kubernetes, rootToken, startVault, type VaultServer } from './vault-server.ts'

const login = { user: 'root-user', password: 'swordfish', port: 5432 }
let vault: VaultServer
let folder: string

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'squall-vault-'))
  vault = await startVault({
    secret: { v2: { 'db/main': login, 'emp ty': {}, deleted: null }, v1: { 'db/old': login } },
    'team/kv': { v2: { 'a b/ü?': { x: 1 } } },
  })
})
afterEach(async () => {
  await vault[Symbol.asyncDispose]()
  await rm(folder, { recursive: true })
})

const withToken = (more: JsonObject = {}): JsonObject => ({
  vault_addr: vault.url,
  vault_token: rootToken,
  ...more,
})

async function ask(declaration: JsonObject, configuration: JsonObject = withToken(), environment = {}) {
  await using asker = new Asker({ configuration, environment })
  return await asker.ask(declaration)
}

describe('a secret', () => {
  it('is the whole payload, or one key of it with its own type', async () => {
    expect(await ask({ path: 'db/main' })).toEqual({ value: login, warnings: [] })
    expect(await ask({ path: 'db/main', key: 'port' })).toEqual({ value: 5432, warnings: [] })
    expect(vault.requests).toEqual(['GET /v1/secret/data/db/main', 'GET /v1/secret/data/db/main'])
  })

  it('comes from version 1 of the engine for the text "1" only', async () => {
    expect(await ask({ path: 'db/old', key: 'user' }, withToken({ vault_kv_version: '1' }))).toEqual({
      value: 'root-user',
      warnings: [],
    })
    const { value, warnings } = await ask({ path: 'db/main' }, withToken({ vault_kv_version: 1 }))
    expect(value).toEqual(login)
    expect(warnings).toEqual([expect.stringContaining('write "1"')])
    expect(vault.requests).toEqual(['GET /v1/secret/db/old', 'GET /v1/secret/data/db/main'])
  })

  it('lies under another mount point, whatever its name', async () => {
    const configuration = withToken({ vault_secrets_mount_point: 'team/kv' })
    expect(await ask({ path: '/a b/ü?/' }, configuration)).toEqual({ value: { x: 1 }, warnings: [] })
  })

  it.each(['nowhere', 'emp ty', 'deleted'])('that is not there (%s) is {}, and told', async (place) => {
    expect(await ask({ path: place, key: 'user' })).toEqual({
      value: {},
      warnings: [`Vault has no secret at '${place}' under 'secret': it is {}.`],
    })
  })

  it('without a path is {}, and the old form is named', async () => {
    const { value, warnings } = await ask({ key: 'db/main' })
    expect(value).toEqual({})
    expect(warnings).toEqual([expect.stringContaining('write "path": "db/main"')])
    expect(vault.requests).toEqual([])
  })

  it('without the key that is asked for is an error that names the others', async () => {
    await expect(ask({ path: 'db/main', key: 'token' })).rejects.toThrow(
      "'db/main' has no key 'token'; it has user, password, port",
    )
  })
})

describe('the way in', () => {
  it('is the token, before all others', async () => {
    await ask(
      { path: 'db/main' },
      withToken({ vault_role_id: 'x', vault_role_secret: 'y', vault_sa_role: 'z' }),
    )
    expect(vault.requests).toEqual(['GET /v1/secret/data/db/main'])
  })

  it('is an AppRole, before Kubernetes', async () => {
    const { role_id: vault_role_id, secret_id: vault_role_secret } = appRole
    const configuration = { vault_addr: vault.url, vault_role_id, vault_role_secret, vault_sa_role: 'z' }
    expect((await ask({ path: 'db/main', key: 'user' }, configuration)).value).toBe('root-user')
    expect(vault.requests[0]).toBe('POST /v1/auth/approle/login')
    await expect(ask({ path: 'db/main' }, { ...configuration, vault_role_secret: 'wrong' })).rejects.toThrow(
      'the AppRole login was refused: invalid role or secret ID (status 400)',
    )
  })

  it.each([
    { mount: undefined, route: 'kubernetes' },
    { mount: 'k8s/east', route: 'k8s/east' },
  ])('is the service account of a pod at $route', async ({ mount, route }) => {
    const file = path.join(folder, 'token')
    await writeFile(file, `${kubernetes.jwt}\n`)
    const configuration = {
      vault_addr: vault.url,
      vault_sa_role: kubernetes.role,
      vault_sa_token_path: file,
      ...(mount === undefined ? {} : { vault_k8s_mount_point: mount }),
    }
    expect((await ask({ path: 'db/main', key: 'user' }, configuration)).value).toBe('root-user')
    expect(vault.requests[0]).toBe(`POST /v1/auth/${route}/login`)
    await expect(ask({ path: 'db/main' }, { ...configuration, vault_sa_role: 'other' })).rejects.toThrow(
      'the Kubernetes login was refused: permission denied (status 403)',
    )
  })

  it('needs the token file of the pod', async () => {
    const configuration = { vault_addr: vault.url, vault_sa_role: 'squall' }
    await expect(ask({ path: 'db/main' }, configuration)).rejects.toThrow(
      'the token of the service account cannot be read (ENOENT',
    )
  })

  it('comes from the environment where configuration names none, as for every client of Vault', async () => {
    const environment = { VAULT_ADDR: vault.url, VAULT_TOKEN: rootToken, HOME: folder }
    expect((await ask({ path: 'db/main', key: 'user' }, {}, environment)).value).toBe('root-user')
    await writeFile(path.join(folder, '.vault-token'), `${rootToken}\n`)
    const { VAULT_TOKEN: _, ...withFile } = environment
    expect((await ask({ path: 'db/main', key: 'user' }, {}, withFile)).value).toBe('root-user')
  })

  it('is refused without any', async () => {
    await expect(ask({ path: 'db/main' }, { vault_addr: vault.url })).rejects.toThrow(
      'permission denied (status 403)',
    )
  })

  it('is gone once for all secrets, and again when its token has run out', async () => {
    const { role_id: vault_role_id, secret_id: vault_role_secret } = appRole
    const configuration = { vault_addr: vault.url, vault_role_id, vault_role_secret }
    await using asker = new Asker({ configuration })
    await Promise.all(['user', 'password', 'port'].map((key) => asker.ask({ path: 'db/main', key })))
    const logins = () => vault.requests.filter((request) => request.startsWith('POST')).length
    expect(logins()).toBe(1)
    vault.tokens.clear()
    await Promise.all(['user', 'password'].map((key) => asker.ask({ path: 'db/main', key })))
    expect(logins()).toBe(2)
  })
})

describe('a server', () => {
  it('that is a standby node sends on to the active one', async () => {
    await using standby = await startVault({})
    standby.refuseWith = { status: 307, body: '', location: `${vault.url}/v1/secret/data/db/main` }
    expect((await ask({ path: 'db/main', key: 'user' }, withToken({ vault_addr: standby.url }))).value).toBe(
      'root-user',
    )
    standby.refuseWith = { status: 307, body: '', location: `${standby.url}/` }
    await expect(ask({ path: 'db/main' }, withToken({ vault_addr: standby.url }))).rejects.toThrow(
      'in circles',
    )
  })

  it.each([
    { status: 503, body: '{"errors":["Vault is sealed"]}', said: 'Vault is sealed (status 503)' },
    { status: 503, body: '', said: 'it is sealed or down for maintenance (status 503)' },
    { status: 502, body: '<html>Bad Gateway</html>', said: 'it answered with status 502' },
  ])('that refuses with $status $body is quoted', async ({ said, ...answer }) => {
    vault.refuseWith = answer
    await expect(ask({ path: 'db/main' })).rejects.toThrow(said)
  })

  it('that nobody runs is named with its address', async () => {
    const url = vault.url
    await vault[Symbol.asyncDispose]()
    await expect(ask({ path: 'db/main' }, { vault_addr: url })).rejects.toThrow(
      `${url} does not answer (connect ECONNREFUSED`,
    )
    vault = await startVault({})
  })

  it.each(['localhost:8200', 'ftp://vault/', 'nonsense', { type: 'probe' }])(
    'has no address %j',
    async (address) => {
      await expect(ask({ path: 'db/main' }, { vault_addr: address })).rejects.toThrow('vault_addr')
    },
  )

  it('that falls silent is left when the run is told to end', async () => {
    const silent = createServer().listen(0, '127.0.0.1')
    await once(silent, 'listening')
    const { port } = silent.address() as { port: number }
    await using asker = new Asker({
      configuration: { vault_addr: `http://127.0.0.1:${port}`, vault_token: 't' },
    })
    const abort = new AbortController()
    silent.once('connection', () => abort.abort(new Error('told to end')))
    await expect(asker.ask({ path: 'db/main' }, { signal: abort.signal })).rejects.toThrow('told to end')
    silent.close()
  })
})

it('keeps its connections, of which a server sees four at most', async () => {
  await using asker = new Asker({ configuration: withToken() })
  const all = () => Promise.all(Array.from({ length: 20 }, () => asker.ask({ path: 'db/main', key: 'user' })))
  await all()
  await all()
  expect(vault.requests).toHaveLength(40)
  expect(vault.connections).toBeLessThanOrEqual(4)
})

it('trusts the authorities in VAULT_CACERT, and says when they cannot be read', async () => {
  const { file, ...tls } = selfSigned(folder)
  await using secure = await startVault({ secret: { v2: { app: { a: 1 } } } }, tls)
  const configuration = withToken({ vault_addr: secure.url })
  expect((await ask({ path: 'app' }, configuration, { VAULT_CACERT: file })).value).toEqual({ a: 1 })
  await expect(ask({ path: 'app' }, configuration)).rejects.toThrow('self-signed certificate')
  await expect(ask({ path: 'app' }, configuration, { VAULT_CACERT: `${file}.none` })).rejects.toThrow(
    'the authorities in VAULT_CACERT cannot be read (ENOENT',
  )
})
