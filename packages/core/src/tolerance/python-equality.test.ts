import { describe, expect, it } from 'vitest'
import { isTruthy, pythonEquals } from './python-equality.ts'

describe('pythonEquals (spec 29.4)', () => {
  it.each<{ left: unknown; right: unknown; equal: boolean }>([
    { left: 1, right: 1, equal: true },
    { left: 1, right: 2, equal: false },
    { left: 1, right: true, equal: true },
    { left: 0, right: false, equal: true },
    { left: 2, right: true, equal: false },
    { left: 1, right: '1', equal: false },
    { left: 'true', right: true, equal: false },
    { left: '', right: false, equal: false },
    { left: null, right: null, equal: true },
    { left: null, right: false, equal: false },
    { left: null, right: 0, equal: false },
    { left: 'a', right: 'a', equal: true },
    { left: Number.NaN, right: Number.NaN, equal: false },
    { left: [1, [2]], right: [true, [2]], equal: true },
    { left: [1, 2], right: [2, 1], equal: false },
    { left: [1], right: [1, 2], equal: false },
    { left: [], right: {}, equal: false },
    { left: [1], right: '1', equal: false },
    { left: { a: 1, b: [0] }, right: { b: [false], a: 1 }, equal: true },
    { left: { a: 1 }, right: { a: 1, b: 2 }, equal: false },
    { left: { a: 1 }, right: { b: 1 }, equal: false },
    { left: { a: 1 }, right: null, equal: false },
    { left: { a: 1 }, right: [1], equal: false },
    { left: { constructor: 1 }, right: { other: 1 }, equal: false },
  ])('$left == $right is $equal', ({ left, right, equal }) => {
    expect(pythonEquals(left, right)).toBe(equal)
    expect(pythonEquals(right, left)).toBe(equal)
  })
})

describe('isTruthy (spec 29.4)', () => {
  it.each([0, -0, '', false, null, undefined, [], {}])('%j is false', (value) => {
    expect(isTruthy(value)).toBe(false)
  })

  it.each([1, -1, 0.1, 'a', '0', 'false', true, [0], [[]], { a: null }, Number.NaN])(
    '%j is true',
    (value) => {
      expect(isTruthy(value)).toBe(true)
    },
  )
})
