import type { JsonObject } from '@squall/contract'
import { expect, it } from 'vitest'
import type { Overrides } from '../configuration/load-configuration.ts'
import type { RedactLevel } from './named-secrets.ts'
import { redactorOf } from './redactor-of.ts'

interface Case {
  readonly name: string
  readonly declared: { readonly configuration?: JsonObject; readonly secrets?: JsonObject }
  readonly overrides?: Overrides
  readonly answers?: JsonObject
  /** What is hidden, at the usual level and at `all`. */
  readonly hidden: readonly string[]
  readonly all: readonly string[]
}

const environment = {
  TOKEN: 'from-environment',
  SHORT: 'short',
  LINE: ' with-line-end\n',
  URL: 'http://host/',
  API_KEY: 'key-of-an-api',
}
const env = (key: string): JsonObject => ({ type: 'env', key })

const cases: readonly Case[] = [
  {
    name: 'a secret from the environment',
    declared: { secrets: { api: { token: env('TOKEN') } } },
    hidden: ['from-environment'],
    all: ['from-environment'],
  },
  {
    name: 'one at any depth',
    declared: { secrets: { 'z/OS': { machine: { token: env('TOKEN') } }, top: env('API_KEY') } },
    hidden: ['from-environment', 'key-of-an-api'],
    all: ['from-environment', 'key-of-an-api'],
  },
  {
    name: 'fewer than six characters',
    declared: { secrets: { api: { token: env('SHORT') } } },
    hidden: [],
    all: [],
  },
  {
    name: 'a line end around it',
    declared: { secrets: { api: { token: env('LINE') } } },
    hidden: ['with-line-end'],
    all: ['with-line-end'],
  },
  {
    name: 'a literal',
    declared: { secrets: { api: { token: 'in-the-file', pin: 12345678, on: true } } },
    hidden: [],
    all: ['in-the-file', '12345678'],
  },
  {
    name: 'a group that was handed in',
    declared: { secrets: { api: { token: 'in-the-file' } } },
    overrides: { secrets: { api: { token: 'handed-in', list: ['a-list-item'] } } },
    hidden: ['handed-in', 'a-list-item'],
    all: ['handed-in', 'a-list-item'],
  },
  {
    name: 'what no resolver has resolved',
    declared: { secrets: { api: { type: 'vault', path: 'secret/of/mine' } } },
    hidden: [],
    all: ['secret/of/mine'],
  },
  {
    name: 'configuration from the environment',
    declared: { configuration: { base: env('URL') } },
    hidden: [],
    all: ['http://host/'],
  },
  {
    name: 'configuration whose name announces a secret',
    declared: { configuration: { api_token: env('TOKEN'), key: env('API_KEY'), token_url: env('URL') } },
    hidden: ['from-environment', 'key-of-an-api'],
    all: ['from-environment', 'key-of-an-api', 'http://host/'],
  },
  {
    name: 'such configuration that was handed in or answered by a probe',
    declared: { configuration: { apiKey: 'in-the-file', password: { type: 'probe' } } },
    overrides: { configuration: { apiKey: 'handed-in' } },
    answers: { apiKey: 'handed-in', password: 'answered' },
    hidden: ['handed-in', 'answered'],
    all: ['handed-in', 'answered'],
  },
  {
    name: 'such configuration in the file',
    declared: { configuration: { apiKey: 'in-the-file', base: 'written-down' } },
    hidden: [],
    all: ['in-the-file'],
  },
  {
    name: 'nothing declared',
    declared: { configuration: [] as never, secrets: 'text' as never },
    hidden: [],
    all: [],
  },
]

const values = [
  ...[
    'from-environment',
    'short',
    'with-line-end',
    'http://host/',
    'key-of-an-api',
    'in-the-file',
    '12345678',
  ],
  ...['handed-in', 'a-list-item', 'secret/of/mine', 'answered', 'written-down', 'in-the-file'],
]

it.each(cases.flatMap((each) => (['secrets', 'all'] as const).map((level) => ({ ...each, level }))))(
  'hides $name ($level)',
  ({ declared, overrides, answers, level, hidden, all }: Case & { level: RedactLevel }) => {
    const redactor = redactorOf({ declared, environment, overrides, level, ...(answers && { answers }) })
    const wanted = level === 'all' ? all : hidden
    expect([...new Set(values)].filter((text) => redactor.text(text) !== text).sort()).toEqual(
      [...wanted].sort(),
    )
  },
)

it('names a secret by its place', () => {
  const redactor = redactorOf({ declared: { secrets: { api: { token: env('TOKEN') } } }, environment })
  expect(redactor.text('from-environment')).toBe('[secret api.token]')
})
