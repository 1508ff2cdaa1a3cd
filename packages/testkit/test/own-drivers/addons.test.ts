import driver from '@squall/driver-addons'
import { describe, it } from 'vitest'
import { driverLaws, type Scene } from '../../src/index.ts'
import { builtDriver } from './built.ts'

/** It touches nothing, so there is nothing to see. */
function idle(duration: number): Scene {
  return { input: { duration }, look: () => null, underway: () => true }
}

const guard = {
  name: 'all is well',
  type: 'probe',
  tolerance: true,
  provider: { type: 'process', path: 'true' },
}
const guarded = { input: { probes: [guard] } }

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
  controls: {
    safeguards: [
      {
        prepare: () => guarded,
        long: () => ({ ...guarded, probe: 'never' }),
        refuses: [
          { input: {}, saying: 'probes' },
          { input: { probes: [{ ...guard, tolerance: null }] }, saying: 'it has no tolerance' },
          { input: { probes: [guard], deadline: -1 }, saying: 'deadline' },
        ],
      },
      {
        title: 'one that trips',
        prepare: () => ({ ...guarded, probe: { output: false, met: false, reason: 'it found false' } }),
        long: false,
        refuses: [{ input: { probes: [] }, saying: 'probes' }],
      },
      {
        title: 'again and again',
        prepare: () => ({ input: { probes: [{ ...guard, frequency: 0.01 }] } }),
        long: false,
        refuses: [{ input: { probes: [{ ...guard, frequency: 0 }] }, saying: 'probes.0.frequency' }],
      },
    ],
    bypass: {
      prepare: () => ({ input: { target_type: 'action', target_names: ['look at the harm'] } }),
      long: false,
      refuses: [
        { input: { target_type: 'all' }, saying: 'target_type' },
        { input: { target_names: 'one' }, saying: 'target_names' },
      ],
    },
    repeat: {
      prepare: () => ({ input: { repeat_count: 3, break_if_previous_iteration_failed: true } }),
      long: false,
      refuses: [
        { input: { repeat_count: -1 }, saying: 'repeat_count' },
        { input: { break_if_previous_iteration_failed: 'yes' }, saying: 'break_if_previous' },
      ],
    },
    synchronization: { prepare: () => ({ input: {} }), long: false, refuses: false },
  },
})

describe('driver-addons', () => {
  for (const law of laws) it(law.name, law.check)
})
