import { expect, it } from 'vitest'
import { ruleNames } from '../src/plan/rule-names.ts'
import { brokenIn, chaosIsSafe, counterexampleWithout } from './safety-property.ts'

it('keeps every rule, quorum and replica of data over 20,000 iterations', { timeout: 120_000 }, () => {
  chaosIsSafe(20_000, 42)
})

it.each(ruleNames)('goes wrong without %s, and the run is shrunk', { timeout: 120_000 }, (rule) => {
  const found = counterexampleWithout(rule, 42)
  expect(found.failed).toBe(true)
  const [smallest] = found.counterexample ?? []
  if (!smallest) throw new Error(`Nothing went wrong without ${rule}.`)
  expect(brokenIn(smallest, rule)).not.toEqual([])
  expect(brokenIn(smallest)).toEqual([])
  expect(found.numShrinks).toBeGreaterThan(0)
})
