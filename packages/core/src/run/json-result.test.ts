import { runInNewContext } from 'node:vm'
import { jsonText } from '@squall/contract'
import { describe, expect, it } from 'vitest'
import { asJson } from './json-result.ts'

const cycle: { self?: unknown; list: unknown[] } = { list: [] }
cycle.list.push(cycle)

function nested(levels: number): unknown {
  let value: unknown = 1
  for (let level = 0; level < levels; level += 1) value = [value]
  return value
}

describe('what is JSON is copied', () => {
  it.each([
    { name: 'nothing becomes null', value: undefined, json: null },
    { name: 'null', value: null, json: null },
    { name: 'a text', value: 'a', json: 'a' },
    { name: 'a number', value: 1.5, json: 1.5 },
    { name: '-0 becomes 0', value: -0, json: 0 },
    { name: 'a list in an object', value: { a: [1, { b: true }] }, json: { a: [1, { b: true }] } },
    { name: 'members that are undefined are left out', value: { a: undefined, b: 1 }, json: { b: 1 } },
    {
      name: 'an object without a prototype',
      value: Object.assign(Object.create(null), { a: 1 }),
      json: { a: 1 },
    },
    { name: 'an object of another realm', value: runInNewContext('({a: [1]})'), json: { a: [1] } },
    {
      name: 'a getter is read',
      value: {
        get a() {
          return 1
        },
      },
      json: { a: 1 },
    },
    { name: 'members with symbols are left out', value: { [Symbol('s')]: 1, a: 1 }, json: { a: 1 } },
    { name: 'the same object twice', value: ((one) => [one, one])({ a: 1 }), json: [{ a: 1 }, { a: 1 }] },
    { name: 'a thousand levels', value: nested(1000), json: nested(1000) },
  ])('$name', ({ value, json }) => {
    expect(asJson(value)).toStrictEqual({ json })
  })

  it('keeps a key called __proto__', () => {
    expect(JSON.stringify(asJson(JSON.parse('{"__proto__": {"a": 1}}')))).toBe(
      '{"json":{"__proto__":{"a":1}}}',
    )
  })

  it('is not changed by what its owner does later', () => {
    const owned = { list: [1] }
    const answer = asJson(owned)
    owned.list.push(2)
    expect(answer).toEqual({ json: { list: [1] } })
  })

  it('lets odd numbers pass when asked to', () => {
    const value = [Number.NaN, Number.POSITIVE_INFINITY]
    expect(jsonText(asJson(value, { oddNumbers: true }))).toBe('{"json":[NaN,Infinity]}')
  })
})

describe('what is not JSON is named', () => {
  it.each([
    { value: Number.NaN, wrong: 'NaN' },
    { value: [Number.NEGATIVE_INFINITY], wrong: '-Infinity' },
    { value: 1n, wrong: 'a bigint' },
    { value: { a: () => 1 }, wrong: 'a function' },
    { value: [Symbol('s')], wrong: 'a symbol' },
    { value: [1, undefined], wrong: 'undefined' },
    { value: new Array(1), wrong: 'undefined' },
    { value: { at: new Date(0) }, wrong: 'a Date' },
    { value: new Map(), wrong: 'a Map' },
    { value: new Error('no'), wrong: 'an Error' },
    { value: Buffer.from('a'), wrong: 'a Buffer' },
    { value: new (class Lamp {})(), wrong: 'a Lamp' },
    { value: new (class extends Array {})(), wrong: undefined },
    { value: Promise.resolve(1), wrong: 'a Promise' },
    { value: cycle, wrong: 'an object that contains itself' },
    { value: nested(1001), wrong: 'values nested deeper than 1000 levels' },
    {
      value: {
        get a() {
          throw new Error('keep out')
        },
      },
      wrong: 'an object that cannot be read (keep out)',
    },
    {
      value: {
        get a() {
          throw 1
        },
      },
      wrong: 'an object that cannot be read (it threw)',
    },
  ])('$wrong', ({ value, wrong }) => {
    expect(asJson(value)).toEqual(wrong === undefined ? { json: [] } : { wrong })
  })
})
