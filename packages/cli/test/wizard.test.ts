import { defineDriver, type JsonObject } from '@squall/contract'
import { DriverRegistry, driverObjects, parseExperiment } from '@squall/core'
import { describe, expect, it } from 'vitest'
import { choicesOf } from '../src/discovery/choices.ts'
import { askExperiment } from '../src/wizard/ask-experiment.ts'
import { askField } from '../src/wizard/ask-field.ts'
import { askTolerance } from '../src/wizard/ask-tolerance.ts'
import { ScriptedPrompter } from './scripted-prompter.ts'

const raw = (required: string[]) => ({
  summary: 'A toy.',
  schema: {
    type: 'object',
    required: ['type', ...required],
    properties: { type: {}, url: { type: 'string' }, secrets: {} },
  },
  validate: async () => [],
  targets: async () => [],
  run: async () => null,
})
const drivers = driverObjects([
  defineDriver({
    name: 'toy',
    contract: 1,
    summary: 'A toy.',
    providers: { http: raw(['url']), process: raw([]), other: raw([]) },
  }),
])

describe('a tolerance that is asked for', () => {
  it.each([
    { type: 'http', answers: ['A certain status code', '204'], tolerance: 204 },
    { type: 'process', answers: ['A certain exit status', '0'], tolerance: 0 },
    { type: 'http', answers: ['One of several status codes', '[200, 204]'], tolerance: [200, 204] },
    { type: 'other', answers: ['A certain value', 'true'], tolerance: true },
    { type: 'other', answers: ['A certain value', 'some text'], tolerance: 'some text' },
    { type: 'other', answers: ['A certain value', '3'], tolerance: 3 },
    {
      type: 'process',
      answers: ['A number within a range', 'what it prints', '1', '2.5'],
      tolerance: { type: 'range', target: 'stdout', range: [1, 2.5] },
    },
    {
      type: 'http',
      answers: ['A text that matches a regular expression', 'the body', '^ok$'],
      tolerance: { type: 'regex', target: 'body', pattern: '^ok$' },
    },
    {
      type: 'other',
      answers: ['JSON in which a JSONPath finds something', '$.a[*].b', ''],
      tolerance: { type: 'jsonpath', path: '$.a[*].b' },
    },
    {
      type: 'http',
      answers: ['JSON in which a JSONPath finds something', 'the body', '$.a', 'no list', '[1]'],
      tolerance: { type: 'jsonpath', target: 'body', path: '$.a', expect: [1] },
    },
  ])('$answers makes $tolerance, which is valid', async ({ type, answers, tolerance }) => {
    const ask = new ScriptedPrompter(answers)
    const provider = { type, url: 'http://localhost/' }
    expect(await askTolerance(provider, ask)).toEqual(tolerance)
    expect(ask.unused).toBe(0)
    const probe = { type: 'probe', name: 'p', tolerance, provider }
    const experiment = {
      title: 'T',
      description: 'D',
      method: [],
      'steady-state-hypothesis': { title: 'T', probes: [probe] },
    }
    await expect(
      parseExperiment(experiment as never, { drivers: new DriverRegistry(drivers) }),
    ).resolves.toBeDefined()
  })
})

describe('an argument that is asked for', () => {
  it.each([
    { type: 'integer', answers: ['x', '1.5', '3'], value: 3 },
    { type: 'number', answers: ['"3"', '3.5'], value: 3.5 },
    { type: 'string', answers: ['3'], value: '3' },
    { type: 'list', answers: ['a, b', '["a"]'], value: ['a'] },
    { type: 'mapping', answers: ['[1]', '{"a": 1}'], value: { a: 1 } },
    { type: undefined, answers: ['{"a": 1}'], value: { a: 1 } },
    { type: undefined, answers: ['plain'], value: 'plain' },
    { type: 'integer', answers: ['${retries}'], value: '${retries}' },
  ])('of type $type takes $value, and asks again before', async ({ type, answers, value }) => {
    const ask = new ScriptedPrompter(answers)
    expect(await askField({ name: 'x', type, isRequired: true }, ask)).toEqual(value)
    expect(ask.warnings).toHaveLength(answers.length - 1)
  })

  it('is chosen where there are only so many values', async () => {
    const field = { name: 'x', type: 'string', isRequired: true, choices: ['one', 'two'] }
    expect(await askField(field, new ScriptedPrompter(['two']))).toBe('two')
    expect(
      await askField({ name: 'x', type: 'boolean', isRequired: true }, new ScriptedPrompter([true])),
    ).toBe(true)
  })
})

it('offers what was discovered and what is installed, each once, without what the runner gives', () => {
  const activities = [
    {
      type: 'probe' as const,
      name: 'is_lit',
      mod: 'lamps.probes',
      doc: 'Whether a lamp is lit.\n\nMore.',
      arguments: [
        { name: 'lamp' },
        { name: 'configuration', default: null },
        { name: 'level', default: null, type: 'number' },
      ],
    },
    {
      type: 'action' as const,
      name: 'x',
      mod: 'toy',
      doc: null,
      arguments: [],
      provider: { type: 'other' } as JsonObject,
    },
  ]
  const discovery = {
    chaoslib_version: '',
    id: '',
    target: '',
    date: '',
    platform: {},
    extension: { name: '', version: '' },
    activities,
    system: null,
  }
  const choices = choicesOf(new DriverRegistry(drivers), discovery)
  expect(choices.map(({ kind, label }) => `${kind} ${label}`)).toEqual([
    'probe lamps.probes.is_lit',
    'action toy.x',
    'either http',
    'either process',
    'either other',
  ])
  expect(choices[0]).toMatchObject({
    summary: 'Whether a lamp is lit.',
    provider: { type: 'python', module: 'lamps.probes', func: 'is_lit' },
    fields: [
      { name: 'lamp', isRequired: true },
      { name: 'level', isRequired: false, type: 'number' },
    ],
  })
  expect(choices[2]?.fields.map(({ name }) => name)).toEqual(['url'])
})

it('goes on where nothing is installed that could be chosen', async () => {
  const ask = new ScriptedPrompter([true, 'All is well', true])
  const experiment = await askExperiment({
    ask,
    choices: [],
    title: 'T',
    description: 'D',
    problemsOf: async () => [],
  })
  expect(experiment).toEqual({
    title: 'T',
    description: 'D',
    tags: [],
    'steady-state-hypothesis': { title: 'All is well', probes: [] },
    method: [],
  })
  expect(ask.warnings).toHaveLength(3)
  await expect(parseExperiment(experiment as never, { drivers: [] })).resolves.toBeDefined()
})
