import { expect, it } from 'vitest'
import { chaosIsSafe } from '../../packages/chaos/test/safety-property.ts'

// A million iterations in four parts, each with a seed of its own. `.ci/run` has 20,000 of them.

it.each([1, 2, 3, 4])(
  'keeps every rule, quorum and replica of data over 250,000 iterations with seed %i',
  { timeout: 1_500_000 },
  (seed) => {
    const faults = chaosIsSafe(250_000, seed)
    expect(Math.min(...faults.values())).toBeGreaterThan(1500)
  },
)
