import { defineAction } from '@squall/contract'
import { z } from 'zod'
import { callArguments, callFault } from '../call-arguments.ts'
import type { InspectorSystem } from '../inspector-system.ts'
import { installFault, targetsOf } from '../install-fault.ts'
import { checkTarget, targetArguments } from '../target-arguments.ts'

export function slowCalls(system: InspectorSystem) {
  return defineAction({
    summary: 'Makes calls of a running Node.js process take longer: files, names, connections, requests.',
    args: z
      .strictObject({
        ...targetArguments,
        ...callArguments,
        delay_ms: z.coerce.number().min(0).max(600_000).describe('Milliseconds that each call waits first.'),
        jitter_ms: z.coerce.number().min(0).default(0).describe('Milliseconds more or less, by chance.'),
      })
      .superRefine(checkTarget),
    result: z.object({ pid: z.int(), fault: z.string(), hooked: z.array(z.string()) }),
    undoneBy: ['restore'],
    targets: (given, context) => targetsOf(given, system, context),
    run: async (given, context) => {
      const { pid, fault, result } = await installFault(given, system, context, (agent, id) => {
        const wish = { ...callFault(id, given, context), delay: given.delay_ms, jitter: given.jitter_ms }
        return agent.call('faultCalls', wish, given.api, given.functions)
      })
      return { pid, fault, hooked: result }
    },
  })
}
