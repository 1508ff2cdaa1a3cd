import { expect, it } from 'vitest'
import { seededRandom } from './seeded-random.ts'

function first(count: number, ...words: (string | number)[]): number[] {
  const random = seededRandom(...words)
  return Array.from({ length: count }, () => random.next())
}

// A run is replayed from its seed: these numbers may never change.
it('gives the numbers it always gave', () => {
  expect(first(4, 'seed', 'activity', 1)).toEqual([
    0.9712846772745252, 0.8176181046292186, 0.06353101367130876, 0.40841653221286833,
  ])
})

it('depends on every word, their kind and their order', () => {
  const firsts = [
    first(1, 'a', 'b'),
    first(1, 'b', 'a'),
    first(1, 'ab'),
    first(1, 'a', 'b', ''),
    first(1, 'a', 1),
    first(1, 'a', '1'),
    first(1, 'a', 2),
  ]
  expect(new Set(firsts.flat()).size).toBe(firsts.length)
})

it('stays in [0, 1) and spreads evenly', () => {
  const numbers = first(10_000, 'even')
  expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0)
  expect(Math.max(...numbers)).toBeLessThan(1)
  const tenths = Array.from(
    { length: 10 },
    (_, tenth) => numbers.filter((n) => Math.floor(n * 10) === tenth).length,
  )
  for (const count of tenths) expect(count).toBeGreaterThan(850)
})
