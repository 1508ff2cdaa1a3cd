import { expect, it } from 'vitest'
import { seededRandom } from './seeded-random.ts'

const first = (count: number, seed: string | number) => {
  const { next } = seededRandom(seed)
  return Array.from({ length: count }, next)
}

it('gives the same numbers for the same seed, today as tomorrow', () => {
  expect(first(100, 'monday')).toEqual(first(100, 'monday'))
  expect(first(3, 42)).toEqual([0.2749155617784709, 0.843020023079589, 0.7679536791983992])
})

it('gives other numbers for another seed', () => {
  expect(new Set(Array.from({ length: 1000 }, (_, seed) => first(1, seed)[0])).size).toBeGreaterThan(990)
})

it('spreads its numbers evenly over [0, 1)', () => {
  const numbers = first(10_000, 'even')
  const tenths = Array.from(
    { length: 10 },
    (_, tenth) => numbers.filter((one) => Math.floor(one * 10) === tenth).length,
  )
  expect(Math.min(...tenths)).toBeGreaterThan(900)
  expect(Math.max(...tenths)).toBeLessThan(1100)
})
