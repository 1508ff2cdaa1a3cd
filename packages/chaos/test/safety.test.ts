import { expect, it } from 'vitest'
import { sevenKinds } from '../src/plan/dice.ts'
import { ruleNames } from '../src/plan/rule-names.ts'
import { brokenIn, chaosIsSafe, counterexampleWithout } from './safety-property.ts'

it('keeps every rule, quorum and replica of data over 20,000 iterations', { timeout: 120_000 }, () => {
  const faults = chaosIsSafe(20_000, 42)
  expect([...faults.keys()].sort()).toEqual(['driver', ...sevenKinds].sort())
  for (const count of faults.values()) expect(count).toBeGreaterThan(100)
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
