import { expect, it } from 'vitest'
import { jsonFlaw } from './json-flaw.ts'

const itself: Record<string, unknown> = {}
itself['again'] = itself
const twice = {}

it.each([
  { name: 'a text', value: 'a', flaw: undefined },
  { name: 'nothing', value: null, flaw: undefined },
  { name: 'an object of lists', value: { a: [1, { b: null }] }, flaw: undefined },
  { name: 'an object without a prototype', value: Object.create(null), flaw: undefined },
  { name: 'one object twice', value: [twice, twice], flaw: undefined },
  { name: 'undefined', value: undefined, flaw: 'it is undefined' },
  { name: 'an undefined member', value: { a: undefined }, flaw: 'it.a is undefined' },
  { name: 'a hole', value: Object.assign(new Array(3), { 0: 1, 2: 2 }), flaw: 'it[1] is undefined' },
  { name: 'a date', value: { at: [new Date(0)] }, flaw: 'it.at[0] is a Date' },
  { name: 'a map', value: new Map(), flaw: 'it is a Map' },
  { name: 'bytes', value: new Uint8Array(1), flaw: 'it is a Uint8Array' },
  { name: 'no number', value: [Number.NaN], flaw: 'it[0] is NaN' },
  { name: 'infinity', value: Number.POSITIVE_INFINITY, flaw: 'it is Infinity' },
  { name: 'minus zero', value: -0, flaw: 'it is -0' },
  { name: 'a big integer', value: { n: 1n }, flaw: 'it.n is a bigint' },
  { name: 'a function', value: { toJSON: () => 1 }, flaw: 'it.toJSON is a function' },
  { name: 'an object in itself', value: itself, flaw: 'it.again contains itself' },
])('finds what is no JSON: $name', ({ value, flaw }) => {
  expect(jsonFlaw(value, 'it')).toBe(flaw)
})
