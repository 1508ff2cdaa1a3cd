import { defineAction } from '@squall/contract'
import { z } from 'zod'
import type { InspectorSystem } from '../inspector-system.ts'
import { installFault, targetsOf } from '../install-fault.ts'
import { checkTarget, targetArguments } from '../target-arguments.ts'

export function skewTime(system: InspectorSystem) {
  return defineAction({
    summary:
      'Sets `Date` of a running Node.js process ahead or back, and slows its timers down or speeds them up.',
    args: z
      .strictObject({
        ...targetArguments,
        ahead_ms: z.coerce
          .number()
          .default(0)
          .describe('Milliseconds that `Date` is ahead; behind when negative.'),
        slower: z.coerce.number().min(0.001).max(1000).default(1).describe('By what timers take longer.'),
      })
      .superRefine(checkTarget),
    result: z.object({ pid: z.int(), fault: z.string() }),
    undoneBy: ['restore'],
    targets: (given, context) => targetsOf(given, system, context),
    run: async (given, context) => {
      const { pid, fault } = await installFault(given, system, context, (agent, id) =>
        agent.call('skew', id, given.ahead_ms, given.slower),
      )
      return { pid, fault }
    },
  })
}
