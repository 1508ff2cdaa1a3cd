import { defineAction } from '@squall/contract'
import { z } from 'zod'
import { callArguments, callFault, errorOf } from '../call-arguments.ts'
import type { InspectorSystem } from '../inspector-system.ts'
import { installFault, targetsOf } from '../install-fault.ts'
import { checkTarget, targetArguments } from '../target-arguments.ts'

export function failCalls(system: InspectorSystem) {
  return defineAction({
    summary: 'Makes calls of a running Node.js process fail with a system error.',
    args: z
      .strictObject({
        ...targetArguments,
        ...callArguments,
        code: z
          .string()
          .regex(/^[A-Z][A-Z0-9_]*$/)
          .default('EIO')
          .describe('Code of the error, such as ENOSPC or ECONNREFUSED.'),
        message: z
          .string()
          .min(1)
          .optional()
          .describe('Text of the error. Default: the usual one of the code.'),
        delay_ms: z.coerce.number().min(0).max(600_000).default(0).describe('Milliseconds before it fails.'),
      })
      .superRefine(checkTarget),
    result: z.object({ pid: z.int(), fault: z.string(), hooked: z.array(z.string()) }),
    undoneBy: ['restore'],
    targets: (given, context) => targetsOf(given, system, context),
    run: async (given, context) => {
      const error = errorOf(given.code, given.message)
      const { pid, fault, result } = await installFault(given, system, context, (agent, id) => {
        const wish = { ...callFault(id, given, context), delay: given.delay_ms, error }
        return agent.call('faultCalls', wish, given.api, given.functions)
      })
      return { pid, fault, hooked: result }
    },
  })
}
