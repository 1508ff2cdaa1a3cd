import { defineAction } from '@squall/contract'
import { z } from 'zod'
import type { InspectorSystem } from '../inspector-system.ts'
import { installFault, targetsOf } from '../install-fault.ts'
import { checkTarget, targetArguments } from '../target-arguments.ts'

export function blockEventLoop(system: InspectorSystem) {
  return defineAction({
    summary: 'Keeps the event loop of a running Node.js process busy for a time; over when that is.',
    args: z
      .strictObject({
        ...targetArguments,
        seconds: z.coerce.number().min(0.001).max(600).describe('How long.'),
      })
      .superRefine(checkTarget),
    result: z.object({ pid: z.int(), fault: z.string(), seconds: z.number() }),
    undoneBy: ['restore'],
    targets: (given, context) => targetsOf(given, system, context),
    run: async (given, context) => {
      const { clock } = context
      const { pid, fault, result } = await installFault(
        given,
        system,
        context,
        async (agent, id) => {
          const began = clock.monotonic()
          await agent.call('block', id, given.seconds * 1000)
          // What waits for its turn comes after it.
          await agent.call('lateness', 1)
          return (clock.monotonic() - began) / 1000
        },
        { isOver: true, lasts: given.seconds * 1000 },
      )
      return { pid, fault, seconds: result }
    },
  })
}
