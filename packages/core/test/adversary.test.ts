import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { type JsonObject, type JsonValue, jsonText, parseJson } from '@squall/contract'
import { describe, expect, it } from 'vitest'
import { loadExperiment, startRun, validateExperiment, waveThrough } from '../src/index.ts'
import { scratchFolder } from './scratch-folder.ts'
import { toyDriver } from './toy-driver.ts'
import { answer, crash, hypothesisOf, play, take, toy } from './toy-experiment.ts'
import { VirtualClock } from './virtual-clock.ts'

const inherited = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf', '__defineGetter__']
const scratch = await scratchFolder()

/** An object as a file can hold it, whatever its keys. */
const parsed = (text: string): JsonObject => JSON.parse(text) as JsonObject

async function playRaw(raw: unknown): Promise<Awaited<ReturnType<typeof play>>['journal']> {
  const clock = new VirtualClock()
  const run = startRun(waveThrough(raw as JsonValue), {
    drivers: [toyDriver().driver],
    eventLog: false,
    environment: {},
    clock,
  })
  return (await clock.passUntil(run.finished)).journal
}

describe('names that every object inherits', () => {
  it.each(inherited)('%s as the name of an activity, of a ref and of a background activity', async (name) => {
    const { journal } = await play({
      method: [take(name), { ref: name }, take(name, 1, { background: true })],
    })
    expect(journal).toMatchObject({
      status: 'completed',
      run: [{ output: name }, { output: name }, { output: name }],
    })
  })

  it.each(inherited)('%s as a ref that leads nowhere', async (ref) => {
    const { journal } = await play({ method: [{ ref }] })
    expect(journal).toMatchObject({
      status: 'aborted',
      reason: expect.stringContaining(`'ref' names '${ref}'`),
    })
  })

  it.each(inherited)('%s as a key of the configuration and of the secrets', async (name) => {
    const configuration = parsed(
      `{"${name}": "c", "other": {"type": "probe", "name": "p", "provider": {"type": "raw", "say": "\${${name}}"}}}`,
    )
    const { journal } = await play({
      configuration,
      method: [toy('probe', 'p', 'answer', { value: `\${${name}} \${other}` })],
    })
    expect(journal.run[0]?.output).toBe('c c')
    const secrets = parsed(`{"${name}": {"${name}": "s"}}`)
    const secret = await play({ secrets, method: [toy('probe', 'p', 'answer', { value: `\${${name}}` })] })
    expect(secret.journal.run[0]?.output).toBe('s')
  })

  it.each(inherited)('%s as an undeclared variable', async (name) => {
    const { journal } = await play({
      configuration: { a: 1 },
      method: [toy('probe', 'p', 'answer', { value: `\${${name}}` })],
    })
    expect(journal.run[0]?.output).toBe(`\${${name}}`)
  })

  it.each(inherited)('%s as a provider type, a func, a module and a secret group', async (name) => {
    for (const provider of [
      { type: name },
      { type: 'toy', func: name },
      { type: 'python', module: name, func: name },
    ]) {
      const { journal } = await play({ method: [{ type: 'action', name: 'a', provider }] })
      expect(journal).toMatchObject({
        status: 'aborted',
        reason: expect.stringMatching(/No installed driver|has no activity/),
      })
    }
    const method = [{ type: 'probe', name: 'p', provider: { type: 'toy', func: 'context', secrets: [name] } }]
    const { journal } = await play({ secrets: { g: { a: 'x' } }, method })
    expect(journal.run[0]?.output).toMatchObject({ secrets: {} })
  })

  it.each(inherited)('%s as a tolerance type, a target and a key that is looked for', async (name) => {
    const check = async (tolerance: JsonObject, value: JsonValue) => {
      const { journal } = await play({
        'steady-state-hypothesis': hypothesisOf(answer('p', value, tolerance)),
      })
      return journal.steady_states.before?.steady_state_met ?? journal.status
    }
    expect(await check({ type: name }, 1)).toBe(false)
    expect(await check({ type: 'jsonpath', path: `$["${name}"]` }, { a: 1 })).toBe(false)
    expect(await check({ type: 'jsonpath', path: '$.a', target: name }, { a: 1 })).toBe(true)
    expect(await check({ type: 'regex', pattern: 'a', target: name }, { a: 1 })).toBe('aborted')
    expect(await check({ type: 'range', range: [1, 2], target: name }, { a: 1 })).toBe('aborted')
  })

  it('a key __proto__ anywhere is kept, and changes no prototype', async () => {
    const method = [
      parsed(
        '{"type": "action", "name": "a", "__proto__": {"background": true}, "provider": {"type": "toy", "func": "take", "arguments": {"name": "a"}, "__proto__": {"x": 1}}}',
      ),
    ]
    const { journal } = await play({ method, ...parsed('{"__proto__": {"rollbacks": [5]}}') })
    expect(JSON.stringify(journal.run[0]?.activity)).toBe(JSON.stringify(method[0]))
    expect(({} as Record<string, unknown>)['background']).toBeUndefined()
    expect(journal.status).toBe('completed')
  })

  it('settings and overrides', async () => {
    const { journal } = await play(
      {
        configuration: { toString: 'mine' },
        method: [toy('probe', 'p', 'answer', { value: '${toString}' })],
      },
      {
        overrides: { configuration: {}, secrets: {} },
        settings: parsed('{"runtime": {"__proto__": {"x": 1}}}'),
      },
    )
    expect(journal.run[0]?.output).toBe('mine')
  })
})

describe('documents that were not validated end with a journal', () => {
  it.each<{ name: string; method: unknown }>([
    { name: 'is missing', method: undefined },
    { name: 'is null', method: null },
    { name: 'is a text', method: 'abc' },
    { name: 'is an object', method: { 0: take('a') } },
    { name: 'holds null', method: [null] },
    { name: 'holds a number', method: [5] },
    { name: 'holds a text', method: ['a'] },
    { name: 'holds a list', method: [[take('a')]] },
    { name: 'holds an empty object', method: [{}] },
    { name: 'holds a provider of null', method: [{ type: 'action', name: 'a', provider: null }] },
    { name: 'holds a provider that is a list', method: [{ type: 'action', name: 'a', provider: [] }] },
    { name: 'holds a provider without a type', method: [{ type: 'action', name: 'a', provider: {} }] },
    {
      name: 'holds a type that is an object',
      method: [{ type: 'action', name: 'a', provider: { type: {} } }],
    },
    {
      name: 'holds a func that is an object',
      method: [{ type: 'action', name: 'a', provider: { type: 'toy', func: { a: 1 } } }],
    },
    {
      name: 'holds a name with a toString of its own',
      method: [{ name: { toString: 1, valueOf: 1 }, provider: {} }],
    },
    { name: 'holds a ref with a toString of its own', method: [{ ref: { toString: 1 } }] },
  ])('a method that $name: aborted', async ({ method }) => {
    const journal = await playRaw({
      title: 't',
      description: 'd',
      ...(method === undefined ? {} : { method }),
      rollbacks: [take('r')],
    })
    expect(journal).toMatchObject({
      status: 'aborted',
      reason: expect.stringMatching(/\w/),
      rollbacks: [{ status: 'succeeded' }],
    })
    expect(journal.reason).not.toMatch(/undefined \(|Cannot read|is not a function|not iterable/)
  })

  it.each<{ name: string; rollbacks: unknown; status: string }>([
    { name: 'are null', rollbacks: null, status: 'completed' },
    { name: 'are an object', rollbacks: {}, status: 'aborted' },
    { name: 'are a text', rollbacks: 'abc', status: 'aborted' },
    { name: 'hold null', rollbacks: [null], status: 'aborted' },
    { name: 'hold a text', rollbacks: ['a'], status: 'aborted' },
  ])('rollbacks that $name: $status', async ({ rollbacks, status }) => {
    const journal = await playRaw({ method: [take('a')], rollbacks })
    expect(journal).toMatchObject({ status, run: [{ status: 'succeeded' }] })
  })

  it.each<{ name: string; hypothesis: unknown; status: string }>([
    { name: 'is null', hypothesis: null, status: 'completed' },
    { name: 'is a text', hypothesis: 'h', status: 'completed' },
    { name: 'has probes that are an object', hypothesis: { probes: {} }, status: 'completed' },
    {
      name: 'has a title that is an object',
      hypothesis: { title: { toString: 1 }, probes: [answer('p', 1, 1)] },
      status: 'completed',
    },
    { name: 'has a probe of null', hypothesis: { probes: [null] }, status: 'aborted' },
    { name: 'has a probe that is a text', hypothesis: { probes: ['p'] }, status: 'aborted' },
    {
      name: 'has a pattern that does not compile',
      hypothesis: hypothesisOf(answer('p', 'a', { type: 'regex', pattern: '(' })),
      status: 'aborted',
    },
    {
      name: 'has a path that does not parse',
      hypothesis: hypothesisOf(answer('p', 'a', { type: 'jsonpath', path: 'a' })),
      status: 'aborted',
    },
    {
      name: 'has a path nested without end',
      hypothesis: hypothesisOf(answer('p', 'a', { type: 'jsonpath', path: `$[?${'('.repeat(1e5)}` })),
      status: 'aborted',
    },
    {
      name: 'has a range of objects',
      hypothesis: hypothesisOf(answer('p', 1, { type: 'range', range: {} })),
      status: 'aborted',
    },
  ])('a hypothesis that $name: $status', async ({ hypothesis, status }) => {
    const journal = await playRaw({ method: [take('a')], 'steady-state-hypothesis': hypothesis })
    expect(journal.status).toBe(status)
    expect(journal.reason ?? '').not.toMatch(/Cannot read|is not a function|not iterable|call stack/)
  })

  it('every field may be null', async () => {
    const keys = [
      'title',
      'description',
      'tags',
      'configuration',
      'secrets',
      'steady-state-hypothesis',
      'rollbacks',
      'controls',
      'extensions',
      'runtime',
      'contributions',
      'dry',
    ]
    const nothing = Object.fromEntries(keys.map((key) => [key, null]))
    const activity = {
      ...take('a'),
      pauses: null,
      controls: null,
      ref: null,
      background: null,
      tolerance: null,
      dry: null,
      keep: null,
    }
    expect(await playRaw({ ...nothing, method: [activity] })).toMatchObject({
      status: 'completed',
      run: [{ status: 'succeeded' }],
    })
  })

  it.each<{ name: string; odd: unknown }>([
    { name: 'configuration and secrets are lists', odd: { configuration: [1], secrets: ['a'] } },
    { name: 'configuration and secrets are texts', odd: { configuration: 'abc', secrets: 'abc' } },
    { name: 'runtime is a list', odd: { runtime: [{}] } },
  ])('$name', async ({ odd }) => {
    expect(await playRaw({ ...(odd as object), method: [take('a')] })).toMatchObject({ status: 'completed' })
  })

  it.each([{ document: null }, { document: [] }, { document: 'text' }, { document: 5 }])(
    '$document is no experiment and does not begin',
    async ({ document }) => {
      await expect(playRaw(document)).rejects.toMatchObject({
        code: 'SQUALL_EXPERIMENT_INVALID',
        hint: 'An experiment is one object.',
      })
    },
  )

  it('what contains itself, or is nested without end, does not begin', async () => {
    const circle: Record<string, unknown> = { method: [] }
    circle['circle'] = [circle]
    await expect(playRaw(circle)).rejects.toMatchObject({
      code: 'SQUALL_EXPERIMENT_INVALID',
      hint: expect.stringContaining('contains itself'),
    })
    const deep = parsed(`${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`)
    await expect(playRaw({ method: [], deep })).rejects.toMatchObject({
      code: 'SQUALL_EXPERIMENT_INVALID',
      hint: expect.stringContaining('deeper than'),
    })
  })
})

describe('numbers', () => {
  it('that JSON has not count in tolerances, and keep their text in events and journal', async () => {
    const method = [
      toy('probe', 'p', 'answer', { value: 1 }, { odd: Number.NaN, list: [Number.POSITIVE_INFINITY] }),
    ]
    const tolerance = { type: 'range', range: [0, Number.POSITIVE_INFINITY] }
    const { journal, events } = await play({
      'steady-state-hypothesis': hypothesisOf(answer('up', 9e99, tolerance as never)),
      method,
      configuration: { inf: Number.POSITIVE_INFINITY },
    })
    expect(journal.steady_states.before?.steady_state_met).toBe(true)
    expect(jsonText(journal.run[0]?.activity)).toContain('"odd":NaN,"list":[Infinity]')
    expect(jsonText(journal.experiment)).toContain('"configuration":{"inf":Infinity}')
    for (const event of events) expect(parseJson(jsonText(event))).toStrictEqual(event)
  })

  it.each([2 ** 53, 1e308, -0, 5e-324])('%d goes through', async (value) => {
    const { journal } = await play({ method: [answer('p', value, null)] })
    expect(journal.run[0]?.output).toBe(value === 0 ? 0 : value)
  })
})

describe('files', () => {
  const fetchNothing: typeof fetch = () => Promise.reject(new Error('Nothing is fetched here.'))

  async function validateFile(name: string, text: string): Promise<unknown> {
    await writeFile(path.join(scratch, name), text)
    const loaded = await loadExperiment(name, { fetch: fetchNothing, workingDirectory: scratch })
    const { problems } = await validateExperiment(loaded, { drivers: [toyDriver().driver], environment: {} })
    return problems.map(({ code, at }) => `${code} ${at}`)
  }

  it.each([
    { name: 'empty.yaml', text: '', found: ['document-no-object empty.yaml:1:1'] },
    { name: 'comments.yaml', text: '# a\n# b\n', found: ['document-no-object comments.yaml:1:1'] },
    { name: 'null.json', text: 'null', found: ['document-no-object null.json:1:1'] },
    { name: 'list.json', text: '\n[1]', found: ['document-no-object list.json:2:1'] },
    { name: 'number.yaml', text: '5', found: ['document-no-object number.yaml:1:1'] },
    {
      name: 'object.json',
      text: '{}',
      found: ['title-missing', 'description-missing', 'method-missing'].map(
        (code) => `${code} object.json:1:1`,
      ),
    },
    {
      name: 'crlf.yaml',
      text: 'title: t\r\ndescription: d\r\nmethod:\r\n  - 5\r\n',
      found: ['activity-no-object crlf.yaml:4:5'],
    },
    {
      name: 'mark.json',
      text: '\uFEFF{"title": "t", "description": "d", "method": 5}',
      found: ['method-no-list mark.json:1:36'],
    },
    {
      name: 'mark.yaml',
      text: '\uFEFFtitle: t\ndescription: d\nmethod: 5',
      found: ['method-no-list mark.yaml:3:1'],
    },
    {
      name: 'proto.yaml',
      text: 'title: t\ndescription: d\nmethod: []\n__proto__: {method: 5}\nconstructor: x',
      found: [],
    },
  ])('$name', async ({ name, text, found }) => {
    expect(await validateFile(name, text)).toEqual(found)
  })

  it('of aliases that share one activity', async () => {
    const file = `title: t
description: d
method:
  - &a {type: action, name: a, provider: {type: toy, func: say, arguments: {words: 5}}}
  - *a
  - <<: *a
    name: b
`
    expect(await validateFile('aliases.yaml', file)).toEqual([
      'arguments aliases.yaml:4:77',
      'arguments aliases.yaml:5:5',
      'arguments aliases.yaml:6:5',
    ])
  })
})

describe('size', () => {
  it('a thousand activities in the background at once', async () => {
    const method = Array.from({ length: 1000 }, (_, index) => take(`b${index}`, 1, { background: true }))
    const { journal, clock } = await play({ method })
    expect(journal.run.every(({ status }) => status === 'succeeded')).toBe(true)
    expect(clock.monotonic()).toBe(1000)
  })

  it('an answer of a million numbers', async () => {
    const value = Array.from({ length: 1_000_000 }, (_, index) => index)
    const { journal } = await play({
      method: [{ type: 'probe', name: 'p', provider: { type: 'raw', say: value } }],
    })
    expect(journal.run[0]?.output).toHaveLength(1_000_000)
  })

  it('an error of a hundred thousand letters', async () => {
    const { journal } = await play({ method: [crash('a', 'x'.repeat(100_000))] })
    expect(journal.status).toBe('aborted')
  })
})
