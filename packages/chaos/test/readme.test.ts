import { readFileSync } from 'node:fs'
import { Simulator } from '@squall/simulator'
import { VirtualClock } from '@squall/testkit'
import { expect, it } from 'vitest'
import { faultText, planIteration, readChaosParameters } from '../src/index.ts'

it('shows what seed 42 does', async () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
  const shown = /```text\n([\s\S]*?)```/.exec(readme)?.[1]
  const snapshot = await new Simulator({ clock: new VirtualClock() }).snapshot()
  const parameters = readChaosParameters({ MaxConcurrentFaults: 3 })
  const { faults } = planIteration(snapshot, { seed: 42, iteration: 1, parameters })
  expect(shown).toBe(faults.map(({ fault, delayMs }) => `${delayMs} ${faultText(fault)}\n`).join(''))
})
