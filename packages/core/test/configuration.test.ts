import type { JsonObject } from '@squall/contract'
import { describe, expect, it } from 'vitest'
import { eventLines } from './event-lines.ts'
import { play, take, toy } from './toy-experiment.ts'

const asked = (provider: JsonObject): JsonObject => ({ type: 'probe', name: 'asked', provider })
const context = toy('probe', 'context', 'context')

/** The configuration an activity gets, and what was said about it. */
async function resolve(
  configuration: JsonObject,
  more: JsonObject = {},
): Promise<{ resolved: unknown; said: string[] }> {
  const { journal, events } = await play({ configuration, ...more, method: [context] })
  const said = eventLines(events).filter((line) => line.startsWith('warning:'))
  return { resolved: (journal.run[0]?.output as JsonObject | undefined)?.['configuration'], said }
}

describe('dynamic configuration (spec 3.3)', () => {
  it('runs probes in file order, each with the entries before it', async () => {
    const { resolved } = await resolve({
      host: 'h',
      url: asked({ type: 'raw', say: 'http://${host}/${later}' }),
      longer: asked({ type: 'toy', func: 'answer', arguments: { value: '${url}!' } }),
      later: 'l',
    })
    expect(resolved).toEqual({
      host: 'h',
      url: 'http://h/${later}',
      longer: 'http://h/${later}!',
      later: 'l',
    })
  })

  it('gives a probe every group of secrets, whatever it names, and leaves the file as it is', async () => {
    const provider = { type: 'toy', func: 'context', secrets: ['h'] }
    const secrets = { g: { token: 't' }, h: { key: 'k' } }
    const { journal } = await play({ configuration: { a: asked(provider) }, secrets, method: [context] })
    const secretsGiven = { token: 't', key: 'k' }
    expect(journal.run).toMatchObject([{ output: { configuration: { a: { secrets: secretsGiven } } } }])
    expect(journal.experiment.configuration).toEqual({ a: asked(provider) })
  })

  it('may use secrets', async () => {
    const { resolved } = await resolve(
      { a: asked({ type: 'raw', say: 'Bearer ${token}' }) },
      { secrets: { g: { token: 't' } } },
    )
    expect(resolved).toEqual({ a: 'Bearer t' })
  })

  it.each([
    { name: 'that fails', provider: { type: 'toy', func: 'fail' }, reason: 'it was told to' },
    { name: 'that crashes', provider: { type: 'raw', crash: 'boom' }, reason: 'boom' },
    {
      name: 'that nobody provides',
      provider: { type: 'nobody' },
      reason: "No installed driver provides 'nobody'",
    },
    {
      name: 'with wrong arguments',
      provider: { type: 'toy', func: 'large', arguments: {} },
      reason: "Arguments of 'asked'",
    },
    { name: 'without a provider', provider: undefined, reason: 'it has no provider' },
    {
      name: 'that wants an undo',
      provider: { type: 'toy', func: 'harm', arguments: { thing: 'x' } },
      reason: 'a probe of the configuration may change nothing',
    },
  ])('a probe $name is left out and told', async ({ provider, reason }) => {
    const { resolved, said } = await resolve({ a: asked(provider as never), b: 1 })
    expect(resolved).toEqual({ b: 1 })
    expect(said).toEqual([
      expect.stringContaining(
        `warning: The configuration entry 'a' is left out: its probe did not answer (${reason}`,
      ),
    ])
  })

  it('is asked in a dry run too', async () => {
    const { journal } = await play(
      { title: '${a}', configuration: { a: asked({ type: 'raw', say: 'told' }) } },
      { dry: 'activities' },
    )
    expect(journal.experiment).toMatchObject({ title: 'told' })
  })

  it('leaves no secret in the journal', async () => {
    const { journal } = await play(
      {
        configuration: { a: asked({ type: 'raw', say: '${token}', secrets: ['g'] }) },
        secrets: { g: { token: { type: 'env', key: 'TOKEN' } } },
        method: [],
      },
      { environment: { TOKEN: 'a secret' } },
    )
    expect(JSON.stringify(journal)).not.toContain('a secret')
  })

  it('tells after the first event, which is always run-started', async () => {
    const { events } = await play({ configuration: { a: asked({ type: 'raw', crash: 'boom' }) } })
    expect(events.map(({ type }) => type).slice(0, 2)).toEqual(['run-started', 'log'])
  })

  it('can be interrupted, also where the probe does not listen', async () => {
    const stubborn = asked({
      type: 'toy',
      func: 'refuse_to_stop',
      arguments: { name: 'deaf', seconds: 1000 },
    })
    const { journal, clock } = await play(
      { configuration: { a: stubborn }, method: [take('a')] },
      { onStart: (run) => setImmediate(() => run.interrupt('SIGINT')) },
    )
    expect(journal).toMatchObject({ status: 'interrupted', run: [] })
    expect(clock.monotonic()).toBe(100)
  })
})

describe('what an activity gets', () => {
  it('the whole configuration, the groups of secrets it names, and its folder', async () => {
    const named = toy('probe', 'context', 'context')
    const method = [
      { ...named, provider: { ...(named['provider'] as JsonObject), secrets: ['one', 'two', 'none', 7] } },
    ]
    const secrets = { one: { a: '1', b: '1' }, two: { b: '2' }, three: { c: '3' }, text: 'no group' }
    const { journal } = await play(
      { configuration: { k: 'v' }, secrets, method },
      { directory: '/experiments' },
    )
    expect(journal.run[0]?.output).toEqual({
      configuration: { k: 'v' },
      secrets: { a: '1', b: '2' },
      directory: '/experiments',
    })
  })

  it('arguments with variables replaced, and with `$$` only where something is declared', async () => {
    const method = [toy('probe', 'p', 'answer', { value: ['${k}', '$$k'] })]
    const declared = await play({ configuration: { k: 1 }, method })
    expect(declared.journal.run[0]?.output).toEqual([1, '$k'])
    const bare = await play({ method })
    expect(bare.journal.run[0]?.output).toEqual(['${k}', '$$k'])
  })

  it('fields that its provider type names, with variables replaced even then', async () => {
    const { journal } = await play({
      method: [{ type: 'probe', name: 'p', provider: { type: 'raw', say: '$$k' } }],
    })
    expect(journal.run[0]?.output).toBe('$k')
  })

  it('chance that its seed, and nothing else, decides', async () => {
    const method = [toy('probe', 'a', 'chance'), toy('probe', 'b', 'chance')]
    const outputs = async (seed: string) =>
      (await play({ method }, { seed })).journal.run.map(({ output }) => output)
    const first = await outputs('one')
    expect(await outputs('one')).toEqual(first)
    expect(await outputs('two')).not.toEqual(first)
    expect(new Set(first).size).toBe(2)
  })
})

describe('what keeps a run from beginning', () => {
  it.each([
    {
      name: 'a missing variable',
      parts: { configuration: { a: { type: 'env', key: 'NONE' } } },
      code: 'SQUALL_CONFIGURATION_MISSING',
    },
    {
      name: 'a missing secret',
      parts: { secrets: { g: { a: { type: 'env', key: 'NONE' } } } },
      code: 'SQUALL_CONFIGURATION_MISSING',
    },
    {
      name: 'a strategy that nobody knows',
      parts: { runtime: { hypothesis: { strategy: 'sometimes' } } },
      code: 'SQUALL_STRATEGY_UNKNOWN',
    },
    { name: 'what is not JSON', parts: { extra: () => 1 }, code: 'SQUALL_EXPERIMENT_INVALID' },
  ])('$name', async ({ parts, code }) => {
    await expect(play({ method: [take('a')], ...parts })).rejects.toMatchObject({ code })
  })

  it('an override keeps a missing variable from mattering', async () => {
    const { journal } = await play(
      { title: '${a}', configuration: { a: { type: 'env', key: 'NONE' } } },
      { overrides: { configuration: { a: 'given' } } },
    )
    expect(journal.experiment).toMatchObject({ title: 'given' })
  })
})
