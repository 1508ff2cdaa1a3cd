import { type JsonObject, type JsonValue, parseJson } from '@squall/contract'
import { describe, expect, it } from 'vitest'
import { makeVariables } from '../configuration/substitute.ts'
import { checkTolerance } from './check-tolerance.ts'
import { ToleranceMisfit } from './tolerance.ts'

const variables = makeVariables(
  {
    three: 3,
    half: 0.5,
    ...(parseJson('{"float": 3.0}') as JsonObject),
    none: null,
    list: [200, 204],
    range: { type: 'range', range: [1, 2] },
    word: 'up',
  },
  {},
)
const noProbe = (): never => {
  throw new Error('No probe is asked here.')
}

async function isMet(tolerance: unknown, output: unknown): Promise<boolean> {
  const result = await checkTolerance(tolerance as JsonValue, output as JsonValue, variables, noProbe)
  return result.met
}

interface Row {
  readonly name: string
  readonly tolerance: unknown
  readonly output: unknown
  readonly met: boolean
}

const http = { status: 200, headers: { Host: 'h' }, body: { state: 'up', items: [1, 2, 3] } }
const shell = { status: 0, stdout: '42\n', stderr: 'warn: 3' }

describe('a boolean', () => {
  it.each<Row>([
    { name: 'equals itself', tolerance: true, output: true, met: true },
    { name: 'equals 1', tolerance: true, output: 1, met: true },
    { name: 'false equals 0', tolerance: false, output: 0, met: true },
    { name: 'equals no text', tolerance: true, output: 'true', met: false },
    { name: 'equals no object', tolerance: true, output: shell, met: false },
  ])('$name', async ({ tolerance, output, met }) => {
    expect(await isMet(tolerance, output)).toBe(met)
  })
})

describe('a text', () => {
  it.each<Row>([
    { name: 'equals itself', tolerance: 'up', output: 'up', met: true },
    { name: 'is compared whole', tolerance: 'up', output: 'upper', met: false },
    { name: 'does not look at a status', tolerance: '200', output: http, met: false },
    { name: 'is substituted first', tolerance: '${word}', output: 'up', met: true },
    { name: 'may become a number', tolerance: '${three}', output: 3, met: true },
    { name: 'may become a list', tolerance: '${list}', output: http, met: true },
    { name: 'may become an object', tolerance: '${range}', output: 2, met: true },
    { name: 'stays when its name is unknown', tolerance: '${nobody}', output: '${nobody}', met: true },
  ])('$name', async ({ tolerance, output, met }) => {
    expect(await isMet(tolerance, output)).toBe(met)
  })
})

describe('an integer', () => {
  it.each<Row>([
    { name: 'equals the value', tolerance: 3, output: 3, met: true },
    { name: 'equals true when it is 1', tolerance: 1, output: true, met: true },
    { name: 'equals no text', tolerance: 3, output: '3', met: false },
    { name: 'looks at the status of an object', tolerance: 200, output: http, met: true },
    { name: 'misses another status', tolerance: 204, output: http, met: false },
    { name: 'compares an object without a status', tolerance: 200, output: { code: 200 }, met: false },
    { name: 'looks at a status of null too', tolerance: 0, output: { status: null }, met: false },
  ])('$name', async ({ tolerance, output, met }) => {
    expect(await isMet(tolerance, output)).toBe(met)
  })
})

describe('a list', () => {
  it.each<Row>([
    { name: 'holds the status', tolerance: [200, 204], output: http, met: true },
    { name: 'of two is no range for a status', tolerance: [100, 300], output: http, met: false },
    { name: 'of two numbers is a range, its bounds included', tolerance: [1, 3], output: 3, met: true },
    { name: 'of two numbers holds what lies between', tolerance: [1, 3], output: 2.5, met: true },
    { name: 'of two numbers ends', tolerance: [1, 3], output: 4, met: false },
    { name: 'of two texts is a range of texts', tolerance: ['a', 'c'], output: 'b', met: true },
    { name: 'of two booleans counts as 0 and 1', tolerance: [false, true], output: 0.5, met: true },
    { name: 'of three holds the value', tolerance: [1, 3, 5], output: 3, met: true },
    { name: 'of three is no range', tolerance: [1, 3, 5], output: 2, met: false },
    { name: 'of one holds the value', tolerance: [true], output: true, met: true },
    { name: 'that is empty holds nothing', tolerance: [], output: 0, met: false },
    { name: 'that is empty holds no status', tolerance: [], output: http, met: false },
  ])('$name', async ({ tolerance, output, met }) => {
    expect(await isMet(tolerance, output)).toBe(met)
  })

  it.each([
    { tolerance: [1, 3], output: 'two' },
    { tolerance: ['a', 'c'], output: 2 },
    { tolerance: [1, 3], output: null },
    { tolerance: [1, 3], output: { code: 2 } },
  ])('$tolerance cannot be put in order with $output', async ({ tolerance, output }) => {
    await expect(isMet(tolerance, output)).rejects.toThrow(ToleranceMisfit)
  })
})

describe('a float or null, which only a substitution can bring', () => {
  it.each<Row>([
    { name: 'a float', tolerance: '${half}', output: 0.5, met: false },
    { name: 'a float without a fraction', tolerance: '${float}', output: 3, met: false },
    { name: 'null', tolerance: '${none}', output: null, met: false },
    {
      name: 'no tolerance at all, in a file that was not validated',
      tolerance: undefined,
      output: 1,
      met: false,
    },
  ])('$name is never met', async ({ tolerance, output, met }) => {
    expect(await isMet(tolerance, output)).toBe(met)
  })
})

describe('an object of a type that nobody knows', () => {
  it.each([{ type: 'equal', value: 1 }, { status: 200 }, { type: 'constructor' }])(
    '%j is never met',
    async (tolerance) => {
      expect(await isMet(tolerance, 1)).toBe(false)
    },
  )
})

describe('regex', () => {
  it.each<Row>([
    { name: 'searches in a text', tolerance: { type: 'regex', pattern: 'ell' }, output: 'hello', met: true },
    {
      name: 'searches in a target',
      tolerance: { type: 'regex', target: 'stderr', pattern: '^warn' },
      output: shell,
      met: true,
    },
    {
      name: 'misses',
      tolerance: { type: 'regex', target: 'stdout', pattern: '^a' },
      output: shell,
      met: false,
    },
    {
      name: 'substitutes its pattern',
      tolerance: { type: 'regex', pattern: '^${word}$' },
      output: 'up',
      met: true,
    },
    { name: 'makes $$ one dollar', tolerance: { type: 'regex', pattern: 'up$$' }, output: 'up', met: true },
    {
      name: 'ignores an empty target',
      tolerance: { type: 'regex', target: '', pattern: 'a' },
      output: 'a',
      met: true,
    },
  ])('$name', async ({ tolerance, output, met }) => {
    expect(await isMet(tolerance, output)).toBe(met)
  })

  it.each([
    { name: 'an object', target: undefined, output: shell },
    { name: 'a number', target: undefined, output: 3 },
    { name: 'a target that is missing', target: 'body', output: shell },
    { name: 'a target that every object inherits', target: 'constructor', output: shell },
    { name: 'a target of a text', target: 'stdout', output: 'text' },
    { name: 'a target that is no text', target: 'status', output: shell },
  ])('cannot look into $name', async ({ target, output }) => {
    await expect(isMet({ type: 'regex', pattern: 'a', target }, output)).rejects.toThrow(ToleranceMisfit)
  })
})

describe('jsonpath', () => {
  const jsonpath = (fields: JsonObject): JsonObject => ({ type: 'jsonpath', ...fields })

  it.each<Row>([
    { name: 'finds a value', tolerance: jsonpath({ path: '$.body.state' }), output: http, met: true },
    { name: 'finds none', tolerance: jsonpath({ path: '$.body.nothing' }), output: http, met: false },
    {
      name: 'looks into a target',
      tolerance: jsonpath({ path: '$.state', target: 'body' }),
      output: http,
      met: true,
    },
    {
      name: 'looks at the whole when the target is missing',
      tolerance: jsonpath({ path: '$.stdout', target: 'body' }),
      output: shell,
      met: true,
    },
    {
      name: 'parses a text as JSON',
      tolerance: jsonpath({ path: '$.a[0]' }),
      output: '{"a": [1]}',
      met: true,
    },
    { name: 'keeps a text that is no JSON', tolerance: jsonpath({ path: '$' }), output: 'plain', met: true },
    {
      name: 'counts matches',
      tolerance: jsonpath({ path: '$.body.items[*]', count: 3 }),
      output: http,
      met: true,
    },
    {
      name: 'counts other matches',
      tolerance: jsonpath({ path: '$.body.items[*]', count: 2 }),
      output: http,
      met: false,
    },
    {
      name: 'counts no match',
      tolerance: jsonpath({ path: '$.nothing', count: 0 }),
      output: http,
      met: true,
    },
    {
      name: 'a count of null is none',
      tolerance: jsonpath({ path: '$.body', count: null }),
      output: http,
      met: true,
    },
    {
      name: 'expects a scalar',
      tolerance: jsonpath({ path: '$.body.state', expect: 'up' }),
      output: http,
      met: true,
    },
    {
      name: 'expects an object',
      tolerance: jsonpath({ path: '$.headers', expect: { Host: 'h' } }),
      output: http,
      met: true,
    },
    {
      name: 'expects a list of all matches',
      tolerance: jsonpath({ path: '$.body.items[*]', expect: [1, 2, 3] }),
      output: http,
      met: true,
    },
    {
      name: 'a list as a value needs a list around it',
      tolerance: jsonpath({ path: '$.body.items', expect: [1, 2, 3] }),
      output: http,
      met: false,
    },
    {
      name: 'and then is met',
      tolerance: jsonpath({ path: '$.body.items', expect: [[1, 2, 3]] }),
      output: http,
      met: true,
    },
    {
      name: 'several equal matches do not meet a scalar',
      tolerance: jsonpath({ path: '$[*]', expect: 1 }),
      output: [1, 1],
      met: false,
    },
    {
      name: 'an expected null is expected',
      tolerance: jsonpath({ path: '$.a', expect: null }),
      output: { a: null },
      met: true,
    },
    {
      name: 'expect replaces count',
      tolerance: jsonpath({ path: '$.body.state', count: 9, expect: 'up' }),
      output: http,
      met: true,
    },
    {
      name: 'substitutes its path',
      tolerance: jsonpath({ path: '$.${word}' }),
      output: { up: 1 },
      met: true,
    },
    {
      name: 'substitutes what it expects',
      tolerance: jsonpath({ path: '$.a', expect: '${three}' }),
      output: { a: 3 },
      met: true,
    },
  ])('$name', async ({ tolerance, output, met }) => {
    expect(await isMet(tolerance, output)).toBe(met)
  })

  it('cannot take a target from what is no object', async () => {
    await expect(isMet(jsonpath({ path: '$', target: 'body' }), 'text')).rejects.toThrow(ToleranceMisfit)
  })
})

describe('range', () => {
  it.each<Row>([
    { name: 'includes its lower bound', tolerance: { type: 'range', range: [1, 3] }, output: 1, met: true },
    { name: 'includes its upper bound', tolerance: { type: 'range', range: [1, 3] }, output: 3, met: true },
    { name: 'ends', tolerance: { type: 'range', range: [1, 3] }, output: 3.01, met: false },
    {
      name: 'looks at a target',
      tolerance: { type: 'range', target: 'stdout', range: [40, 43] },
      output: shell,
      met: true,
    },
    { name: 'reads a text', tolerance: { type: 'range', range: [3, 4] }, output: '3.5', met: true },
    {
      name: 'a text that is no number is outside',
      tolerance: { type: 'range', range: [1, 3] },
      output: 'two',
      met: false,
    },
    { name: 'true is 1', tolerance: { type: 'range', range: [1, 3] }, output: true, met: true },
    {
      name: 'the number 0.3 is inside',
      tolerance: { type: 'range', range: [0.1, 0.3] },
      output: 0.3,
      met: true,
    },
    {
      name: 'the text 0.3 is outside',
      tolerance: { type: 'range', range: [0.1, 0.3] },
      output: '0.3',
      met: false,
    },
    {
      name: 'may have no end',
      tolerance: { type: 'range', range: [1, Number.POSITIVE_INFINITY] },
      output: 9e99,
      met: true,
    },
    {
      name: 'NaN bounds nothing',
      tolerance: { type: 'range', range: [Number.NaN, 3] },
      output: 1,
      met: false,
    },
  ])('$name', async ({ tolerance, output, met }) => {
    expect(await isMet(tolerance, output)).toBe(met)
  })

  it.each([
    { name: 'null', tolerance: { type: 'range', range: [1, 3] }, output: null },
    { name: 'an object without a target', tolerance: { type: 'range', range: [1, 3] }, output: shell },
    {
      name: 'a target that is a list',
      tolerance: { type: 'range', target: 'a', range: [1, 3] },
      output: { a: [2] },
    },
    { name: 'bounds that are none', tolerance: { type: 'range' }, output: 2 },
  ])('cannot judge $name', async ({ tolerance, output }) => {
    await expect(isMet(tolerance, output)).rejects.toThrow(ToleranceMisfit)
  })
})

it('asks the probe of a probe tolerance', async () => {
  const asked: unknown[] = []
  const tolerance = { type: 'probe', name: 'judge' }
  const result = await checkTolerance(tolerance, 5, variables, async (probe, output) => {
    asked.push(probe, output)
    return { met: true }
  })
  expect(result).toEqual({ met: true })
  expect(asked).toEqual([tolerance, 5])
})

describe('what is told of a tolerance that is not met', () => {
  it.each([
    { tolerance: 200, output: { status: 503 }, expected: 'status 200', actual: '503' },
    { tolerance: 'up', output: 'down', expected: '"up"', actual: '"down"' },
    { tolerance: [200, 204], output: { status: 503 }, expected: 'status one of [200,204]', actual: '503' },
    { tolerance: [1, 3], output: 4, expected: 'between 1 and 3', actual: '4' },
    { tolerance: [1, 3, 5], output: 4, expected: 'one of [1,3,5]', actual: '4' },
    { tolerance: { type: 'regex', pattern: 'a' }, output: 'b', expected: 'a match of /a/', actual: '"b"' },
    { tolerance: { type: 'range', range: [1, 3] }, output: 4, expected: 'between 1 and 3', actual: '4' },
    {
      tolerance: { type: 'jsonpath', path: '$.a' },
      output: { b: 1 },
      expected: 'a value at $.a',
      actual: '{"b":1}',
    },
    {
      tolerance: { type: 'jsonpath', path: '$.a', count: 2 },
      output: { a: 1 },
      expected: '2 values at $.a',
      actual: '[1]',
    },
    {
      tolerance: { type: 'jsonpath', path: '$.a', expect: 2 },
      output: { a: 1 },
      expected: '2 at $.a',
      actual: '[1]',
    },
    {
      tolerance: 'up',
      output: 'x'.repeat(300),
      expected: '"up"',
      actual: `"${'x'.repeat(199)}… (302 characters)`,
    },
  ])('$expected, found $actual', async ({ tolerance, output, expected, actual }) => {
    const result = await checkTolerance(tolerance as JsonValue, output as JsonValue, variables, noProbe)
    expect(result).toEqual({ met: false, expected, actual })
  })
})

describe('a jsonpath of RFC 9535', () => {
  const path = (text: string, more: object = {}): object => ({
    type: 'jsonpath',
    dialect: 'rfc9535',
    path: text,
    target: 'body',
    ...more,
  })

  it.each<Row>([
    {
      name: 'filters the children of a list',
      tolerance: path('$.items[?@ > 1]', { count: 2 }),
      output: http,
      met: true,
    },
    { name: 'takes single quotes', tolerance: path("$['state']", { expect: 'up' }), output: http, met: true },
    { name: 'has functions', tolerance: path('$[?length(@) == 3]', { count: 1 }), output: http, met: true },
    { name: 'finds nothing', tolerance: path('$.gone'), output: http, met: false },
    { name: 'is substituted first', tolerance: path('$[?@ == "${word}"]'), output: http, met: true },
  ])('$name', async ({ tolerance, output, met }) => {
    expect(await isMet(tolerance, output)).toBe(met)
  })

  it('that is none, or another dialect, does not fit', async () => {
    await expect(isMet(path('$.a['), http)).rejects.toThrow(SyntaxError)
    await expect(isMet(path('$', { dialect: 'goessner' }), http)).rejects.toThrow(ToleranceMisfit)
  })
})
