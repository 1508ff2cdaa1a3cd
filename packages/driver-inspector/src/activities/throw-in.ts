import { defineAction } from '@squall/contract'
import { z } from 'zod'
import { callFault, errorOf, shareArguments } from '../call-arguments.ts'
import type { InspectorSystem } from '../inspector-system.ts'
import { installFault, targetsOf } from '../install-fault.ts'
import { checkTarget, targetArguments } from '../target-arguments.ts'

export function throwIn(system: InspectorSystem) {
  return defineAction({
    summary: 'Makes an exported function of a module throw in a running Node.js process.',
    args: z
      .strictObject({
        ...targetArguments,
        ...shareArguments,
        module: z
          .string()
          .min(1)
          .describe('A module of Node.js, or the end of the path of a CommonJS file that was loaded.'),
        func: z.string().min(1).describe('Name of the exported function.'),
        code: z.string().min(1).default('EINJECTED').describe('Code of the error.'),
        message: z.string().min(1).default('injected by squall').describe('Text of the error.'),
      })
      .superRefine(checkTarget),
    result: z.object({ pid: z.int(), fault: z.string(), hooked: z.array(z.string()) }),
    undoneBy: ['restore'],
    targets: (given, context) => targetsOf(given, system, context),
    run: async (given, context) => {
      const error = errorOf(given.code, given.message)
      const { pid, fault, result } = await installFault(given, system, context, (agent, id) =>
        agent.call('throwIn', { ...callFault(id, given, context), error }, given.module, given.func),
      )
      return { pid, fault, hooked: result }
    },
  })
}
