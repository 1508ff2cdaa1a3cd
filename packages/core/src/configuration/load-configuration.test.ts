import type { JsonObject, JsonValue } from '@squall/contract'
import { describe, expect, it } from 'vitest'
import { loadConfiguration, loadSecrets, type ReportProblem } from './load-configuration.ts'

const environment = { HOST: 'example.org', PORT: '8080', EMPTY: '', YES: 'yes' }

describe('loadConfiguration (spec 3.1)', () => {
  it.each<{ name: string; entry: JsonValue; becomes: JsonValue }>([
    { name: 'a text', entry: 'text', becomes: 'text' },
    { name: 'a number', entry: 3, becomes: 3 },
    { name: 'null', entry: null, becomes: null },
    { name: 'a list', entry: [1, { type: 'env' }], becomes: [1, { type: 'env' }] },
    {
      name: 'a plain object, looked at no further',
      entry: { a: { type: 'env', key: 'HOST' } },
      becomes: { a: { type: 'env', key: 'HOST' } },
    },
    {
      name: 'an object of another type',
      entry: { type: 'vault', path: 'x' },
      becomes: { type: 'vault', path: 'x' },
    },
    {
      name: 'a probe, kept for later',
      entry: { type: 'probe', name: 'p' },
      becomes: { type: 'probe', name: 'p' },
    },
    { name: 'a variable', entry: { type: 'env', key: 'HOST' }, becomes: 'example.org' },
    { name: 'an empty variable', entry: { type: 'env', key: 'EMPTY', default: 'x' }, becomes: '' },
    {
      name: 'a variable with a type',
      entry: { type: 'env', key: 'PORT', env_var_type: 'int' },
      becomes: 8080,
    },
    { name: 'a default', entry: { type: 'env', key: 'NONE', default: 'd' }, becomes: 'd' },
    {
      name: 'a default with a type',
      entry: { type: 'env', key: 'NONE', default: '5', env_var_type: 'int' },
      becomes: 5,
    },
    {
      name: 'a default of false',
      entry: { type: 'env', key: 'NONE', default: false, env_var_type: 'bool' },
      becomes: false,
    },
    {
      name: 'a default of null',
      entry: { type: 'env', key: 'NONE', default: null, env_var_type: 'int' },
      becomes: null,
    },
  ])('$name', ({ entry, becomes }) => {
    expect(loadConfiguration({ key: entry }, environment)).toEqual({ key: becomes })
  })

  it('refuses a missing variable without a default', () => {
    expect(() => loadConfiguration({ host: { type: 'env', key: 'NONE' } }, environment)).toThrow(
      expect.objectContaining({
        code: 'SQUALL_CONFIGURATION_MISSING',
        message: "'host' is read from the environment variable NONE, which is not set.",
      }),
    )
  })

  it.each<{ name: string; overrides: JsonObject; becomes: JsonObject }>([
    { name: 'replaces a declared key', overrides: { port: '99' }, becomes: { port: '99', plain: 1 } },
    { name: 'replaces it by null', overrides: { port: null }, becomes: { port: null, plain: 1 } },
    { name: 'drops a key that is not declared', overrides: { other: 1 }, becomes: { port: 8080, plain: 1 } },
    {
      name: 'may be a variable itself',
      overrides: { plain: { type: 'env', key: 'HOST' } },
      becomes: { port: 8080, plain: 'example.org' },
    },
  ])('an override $name', ({ overrides, becomes }) => {
    const declared = { port: { type: 'env', key: 'PORT', env_var_type: 'int' }, plain: 1 }
    expect(loadConfiguration(declared, environment, overrides)).toEqual(becomes)
  })

  it('reports every problem when asked to, and leaves those entries out', () => {
    const found: unknown[] = []
    const report: ReportProblem = (path, { code }) => found.push([path, code])
    const declared = {
      a: { type: 'env', key: 'NONE' },
      b: { type: 'env', key: 'HOST', env_var_type: 'int' },
      c: 1,
    }
    expect(loadConfiguration(declared, environment, {}, report)).toEqual({ c: 1 })
    expect(found).toEqual([
      [['a'], 'SQUALL_CONFIGURATION_MISSING'],
      [['b'], 'SQUALL_CONFIGURATION_TYPE'],
    ])
  })

  it.each(['constructor', 'toString', '__proto__', 'hasOwnProperty'])(
    'treats %s as a name like any other',
    (name) => {
      const declared = JSON.parse(
        `{"${name}": "mine", "env": {"type": "env", "key": "${name}", "default": "d"}}`,
      )
      const loaded = loadConfiguration(declared as JsonObject, {}, {})
      expect(Object.entries(loaded)).toEqual([
        [name, 'mine'],
        ['env', 'd'],
      ])
    },
  )
})

describe('loadSecrets (spec 3.2)', () => {
  it.each<{ name: string; declared: JsonObject; becomes: JsonObject }>([
    { name: 'a text in a group', declared: { g: { a: 'x' } }, becomes: { g: { a: 'x' } } },
    {
      name: 'a variable in a group',
      declared: { g: { a: { type: 'env', key: 'HOST' } } },
      becomes: { g: { a: 'example.org' } },
    },
    {
      name: 'a variable deeper down',
      declared: { g: { a: { b: { type: 'env', key: 'HOST' } } } },
      becomes: { g: { a: { b: 'example.org' } } },
    },
    {
      name: 'a variable as a whole group',
      declared: { g: { type: 'env', key: 'HOST' } },
      becomes: { g: 'example.org' },
    },
    {
      name: 'no type of a variable',
      declared: { g: { a: { type: 'env', key: 'PORT', env_var_type: 'int' } } },
      becomes: { g: { a: '8080' } },
    },
    {
      name: 'a list, looked at no further',
      declared: { g: { a: [{ type: 'env', key: 'HOST' }] } },
      becomes: { g: { a: [{ type: 'env', key: 'HOST' }] } },
    },
    { name: 'a group that is a text', declared: { g: 'x' }, becomes: { g: 'x' } },
    {
      name: 'a group called __proto__',
      declared: JSON.parse('{"__proto__": {"a": "x"}}') as JsonObject,
      becomes: JSON.parse('{"__proto__": {"a": "x"}}') as JsonObject,
    },
  ])('$name', ({ declared, becomes }) => {
    expect(JSON.stringify(loadSecrets(declared, environment))).toBe(JSON.stringify(becomes))
  })

  it('does not honour a default', () => {
    const declared = { g: { a: { type: 'env', key: 'NONE', default: 'x' } } }
    expect(() => loadSecrets(declared, environment)).toThrow(
      expect.objectContaining({
        message: "'g.a' is read from the environment variable NONE, which is not set.",
      }),
    )
  })

  it('lets an override replace a whole group', () => {
    const declared = { g: { a: '1', b: '2' }, h: { c: '3' } }
    expect(loadSecrets(declared, environment, { g: { b: 'new' }, other: {} })).toEqual({
      g: { b: 'new' },
      h: { c: '3' },
    })
  })

  it('reads no variable that every object inherits', () => {
    const declared = { g: { a: { type: 'env', key: 'constructor' } } }
    expect(() => loadSecrets(declared, {})).toThrow(
      expect.objectContaining({ code: 'SQUALL_CONFIGURATION_MISSING' }),
    )
  })
})
