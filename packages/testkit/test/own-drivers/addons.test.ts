import driver from '@squall/driver-addons'
import { describe, it } from 'vitest'
import { driverLaws, type Scene } from '../../src/index.ts'
import { builtDriver } from './built.ts'

/** It touches nothing, so there is nothing to see. */
function idle(duration: number): Scene {
  return { input: { duration }, look: () => null, underway: () => true }
}

const laws = driverLaws(() => driver, {
  driverFile: builtDriver('addons'),
  activities: {
    idle_for: {
      prepare: () => idle(0.01),
      long: () => idle(60),
      refuses: [
        { input: {}, path: ['duration'] },
        { input: { duration: -1 }, path: ['duration'] },
        { input: { duration: 'long' }, path: ['duration'] },
      ],
    },
  },
})

describe('driver-addons', () => {
  for (const law of laws) it(law.name, law.check)
})
