import { defineAction } from '@squall/contract'
import { z } from 'zod'

/** Waits, for what goes on elsewhere. */
export const idleFor = defineAction({
  summary: 'Waits for some seconds.',
  args: z.strictObject({ duration: z.number().min(0).describe('Seconds.') }),
  targets: async () => [],
  async run({ duration }, { clock, signal }) {
    await clock.sleep(duration * 1000, signal)
    return null
  },
})
