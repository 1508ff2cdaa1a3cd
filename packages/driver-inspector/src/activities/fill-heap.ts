import { defineAction } from '@squall/contract'
import { z } from 'zod'
import type { InspectorSystem } from '../inspector-system.ts'
import { installFault, targetsOf } from '../install-fault.ts'
import { checkTarget, targetArguments } from '../target-arguments.ts'

export function fillHeap(system: InspectorSystem) {
  return defineAction({
    summary: 'Holds memory in the heap of a running Node.js process until it is undone.',
    args: z
      .strictObject({
        ...targetArguments,
        mebibytes: z.coerce.number().int().min(1).max(1_048_576).describe('How much, in MiB.'),
        force: z.boolean().default(false).describe('Also when the process would run out of memory.'),
      })
      .superRefine(checkTarget),
    result: z.object({ pid: z.int(), fault: z.string(), heap_used: z.number(), heap_limit: z.number() }),
    undoneBy: ['restore'],
    targets: (given, context) => targetsOf(given, system, context),
    run: async (given, context) => {
      const { pid, fault, result } = await installFault(given, system, context, (agent, id) =>
        agent.call('fill', id, given.mebibytes, given.force),
      )
      return { pid, fault, heap_used: result.used, heap_limit: result.limit }
    },
  })
}
