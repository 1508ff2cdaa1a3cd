import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type HowMany, quantity, seedText, shuffled } from './choice.ts'

const percent = (value: number): HowMany => ({ kind: 'percent', percent: value })

it.each<{ name: string; howMany: HowMany; available: number; expected: number }>([
  { name: 'all', howMany: { kind: 'all' }, available: 3, expected: 3 },
  { name: 'two', howMany: { kind: 'count', count: 2 }, available: 3, expected: 2 },
  { name: 'more than there are', howMany: { kind: 'count', count: 9 }, available: 3, expected: 3 },
  { name: 'half, rounded up', howMany: percent(50), available: 3, expected: 2 },
  { name: 'at least one', howMany: percent(1), available: 3, expected: 1 },
  { name: 'a hundred percent', howMany: percent(100), available: 7, expected: 7 },
  { name: 'a share of nothing', howMany: percent(50), available: 0, expected: 0 },
])('takes $name: $expected of $available', ({ howMany, available, expected }) => {
  expect(quantity(howMany, available)).toBe(expected)
})

it('orders the same list the same way for the same seed, on every platform and in every version', () => {
  expect(shuffled([8080, 8081, 8082, 8083, 8084], '42')).toEqual([8083, 8080, 8081, 8082, 8084])
})

it('loses and repeats nothing', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer()), fc.string(), (items, seed) => {
      expect(shuffled(items, seed).sort(ascending)).toEqual([...items].sort(ascending))
    }),
    { seed: 1 },
  )
})

it('can put each of three first', () => {
  const firsts = Array.from({ length: 60 }, (_, seed) => shuffled(['a', 'b', 'c'], String(seed))[0])
  for (const item of ['a', 'b', 'c']) {
    expect(firsts.filter((first) => first === item).length).toBeGreaterThan(8)
  }
})

it.each([
  { name: 'the seed given as text', given: 'monday', expected: 'monday' },
  { name: 'the seed given as a number', given: 42, expected: '42' },
  { name: 'one drawn from the run', given: undefined, expected: (2 ** 47).toString(36) },
])('uses $name', ({ given, expected }) => {
  expect(seedText(given, { next: () => 0.5 })).toBe(expected)
})

const ascending = (a: number, b: number): number => a - b
