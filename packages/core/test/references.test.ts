import type { JsonObject } from '@squall/contract'
import { describe, expect, it } from 'vitest'
import { validateExperiment } from '../src/index.ts'
import { eventLines } from './event-lines.ts'
import { toyDriver } from './toy-driver.ts'
import { experimentOf, harm, type LooseExperiment, type Played, play, toy } from './toy-experiment.ts'
import { type ToyStore, toyStore } from './toy-store.ts'

const contents = {
  'db/main': { user: 'root-user', password: 'swordfish' },
  short: 'swordfish',
  odd: new Map(),
}
const at = (path: string, more: JsonObject = {}): JsonObject => ({ type: 'store', path, ...more })
const from = (path: string): JsonObject => ({ from: 'store', path })
const asked = { type: 'probe', name: 'asked', provider: { type: 'toy', func: 'context', secrets: ['db'] } }

/** The configuration and the secrets that the first activity got. */
function given({ journal }: Pick<Played, 'journal'>): JsonObject {
  return (journal.run[0]?.output ?? {}) as JsonObject
}

function run(parts: LooseExperiment, store: ToyStore = toyStore(contents)): Promise<Played> {
  return play({ method: [asked], ...parts }, { others: [store.driver], environment: { KEY: 'skeleton-key' } })
}

async function problemsOf(parts: LooseExperiment, drivers = [toyDriver().driver, toyStore(contents).driver]) {
  const raw = experimentOf(parts) as unknown as JsonObject
  const loaded = { source: 'e.json', raw, text: JSON.stringify(raw), format: 'json', directory: '.' } as const
  const environment = { KEY: 'skeleton-key' }
  return (await validateExperiment(loaded, { drivers, environment })).problems
}

describe('a secret that a resolver reads', () => {
  it('stands wherever it is declared, with its own type', async () => {
    const seen: unknown[] = []
    const toys = toyDriver()
    const say = toy('action', 'say', 'say', { words: '${login} ${password}' })
    const { journal } = await play(
      {
        secrets: { db: { login: at('db/main'), deep: { er: at('short') }, plain: { type: 'other' } } },
        method: [asked, say],
      },
      { toys, others: [toyStore(contents).driver], onEvent: (event) => seen.push(event) },
    )
    expect(given({ journal })['secrets']).toEqual({
      login: { user: '[secret db.login.user]', password: '[secret db.login.password]' },
      deep: { er: '[secret db.login.password]' },
      plain: { type: 'other' },
    })
    expect(JSON.stringify([seen, journal])).not.toMatch(/swordfish|root-user/)
  })

  it('is read with the configuration, in which no secret is', async () => {
    const store = toyStore(contents)
    const configuration = { key: { type: 'env', key: 'KEY' }, address: from('short') }
    await run({ configuration, secrets: { db: { login: at('db/main') } } }, store)
    expect(store.asked).toEqual([
      { declaration: from('short'), configuration: { key: 'skeleton-key' } },
      { declaration: at('db/main'), configuration: { key: 'skeleton-key', address: 'swordfish' } },
    ])
  })

  it('that is not there is {}, and told', async () => {
    const { journal, events } = await run({ secrets: { db: { login: at('nowhere') } } })
    expect(given({ journal })['secrets']).toEqual({ login: {} })
    expect(eventLines(events)).toContain("warning: There is nothing at 'nowhere'.")
    expect(await problemsOf({ secrets: { db: { login: at('nowhere') } } })).toMatchObject([
      { level: 'warning', path: ['secrets', 'db', 'login'], message: "There is nothing at 'nowhere'." },
    ])
  })

  it.each([
    { path: 'forbidden', reason: "the key '[secret configuration.key_token]' does not fit" },
    { path: 'odd', reason: 'toystore answered with' },
  ])('that cannot be read ($path) ends the run before it begins', async ({ path, reason }) => {
    const parts = {
      configuration: { key: { type: 'env', key: 'KEY' }, key_token: { type: 'env', key: 'KEY' } },
      secrets: { db: { login: at(path) } },
    }
    await expect(run(parts)).rejects.toMatchObject({
      code: 'SQUALL_SECRET_UNREADABLE',
      message: expect.stringContaining(`'db.login' cannot be read from store: ${reason}`),
    })
    expect(await problemsOf(parts)).toMatchObject([
      { level: 'error', path: ['secrets', 'db', 'login'], message: expect.stringContaining(reason) },
    ])
  })

  it('is not asked for without the configuration it is read with', async () => {
    const store = toyStore(contents)
    const parts = {
      configuration: { key: { type: 'env', key: 'MISSING' } },
      secrets: { db: { login: at('short') } },
    }
    await expect(run(parts, store)).rejects.toMatchObject({ code: 'SQUALL_CONFIGURATION_MISSING' })
    expect(store.asked).toEqual([])
  })

  it('is not asked for where a var file replaces its group', async () => {
    const store = toyStore(contents)
    const secrets = { db: { login: at('short') } }
    const overrides = { secrets: { db: { login: 'other' } } }
    await play({ secrets, method: [] }, { others: [store.driver], overrides })
    expect(store.asked).toEqual([])
  })

  it('does not hold up a run that is told to end', async () => {
    const played = play(
      { secrets: { db: { login: at('never') } } },
      { others: [toyStore(contents).driver], onStart: (started) => started.interrupt('SIGINT') },
    )
    await expect(played).rejects.toMatchObject({ code: 'SQUALL_SECRET_UNREADABLE' })
  })
})

describe('without the driver', () => {
  const secrets = { db: { login: { type: 'vault', path: 'db' } } }

  it('a secret is {}, and the package to install is named', async () => {
    const { status, journal, events } = await play({ secrets, method: [asked] })
    expect(status).toBe('completed')
    expect(given({ journal })['secrets']).toEqual({ login: {} })
    expect(eventLines(events)).toContain(
      "error: The secret 'db.login' is {}: No installed driver provides 'vault'. Install it with `npm install @squall/driver-vault`.",
    )
    expect(await problemsOf({ secrets }, [])).toMatchObject([
      { level: 'warning', code: 'SQUALL_DRIVER_MISSING' },
    ])
  })

  it('configuration that is read with `from` is a problem', async () => {
    expect(await problemsOf({ configuration: { a: { from: 'vault', path: 'db' } } }, [])).toMatchObject([
      {
        level: 'error',
        path: ['configuration', 'a'],
        hint: 'Install it with `npm install @squall/driver-vault`.',
      },
    ])
  })
})

describe('configuration that a resolver reads', () => {
  it('is a secret whatever its name', async () => {
    const { journal } = await run({ configuration: { host: from('db/main') } })
    expect(given({ journal })['configuration']).toEqual({
      host: { user: '[secret configuration.host.user]', password: '[secret configuration.host.password]' },
    })
  })

  it.each([
    { name: 'a type of its own', entry: { type: 'store', path: 'short' } },
    { name: 'a type beside `from`', entry: { type: 'x', from: 'store', path: 'short' } },
    { name: 'a `from` that is a date', entry: { from: '2026-01-01', to: '2026-02-01' } },
    { name: 'a `from` that is a number', entry: { from: 1, to: 2 } },
    { name: 'it deeper', entry: { inner: { from: 'store', path: 'short' } } },
  ])('is used as it is with $name', async ({ entry }) => {
    const { journal } = await run({ configuration: { a: entry } })
    expect(given({ journal })['configuration']).toEqual({ a: entry })
  })
})

it('an undo holds a reference to what a resolver read', async () => {
  const { events, trace } = await run({
    secrets: { db: { login: at('db/main') } },
    method: [toy('action', 'x', 'say', { words: 'x' }), harm('swordfish')],
  })
  expect(trace.at(-1)).toBe('mend swordfish')
  expect(events).toContainEqual(
    expect.objectContaining({
      type: 'undo-registered',
      arguments: expect.objectContaining({ thing: { $secret: 'db.login.password' } }),
      secrets: ['db.login.password'],
    }),
  )
})
