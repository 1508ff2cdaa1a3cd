import { defineAction } from '@squall/contract'
import { z } from 'zod'
import { attach } from '../attach.ts'
import { findTarget } from '../find-target.ts'
import type { InspectorSystem } from '../inspector-system.ts'
import { targetsOf } from '../install-fault.ts'
import { faultSchema } from '../results.ts'
import { checkTarget, targetArguments } from '../target-arguments.ts'

export function restore(system: InspectorSystem) {
  return defineAction({
    summary: 'Takes every fault of squall out of a running Node.js process.',
    args: z.strictObject(targetArguments).superRefine(checkTarget),
    result: z.object({ pid: z.int(), ended: z.array(faultSchema) }),
    targets: (given, context) => targetsOf(given, system, context),
    run: async (given, context) => {
      const target = await findTarget(given, system, context)
      const agent = await attach(target, system, context)
      const ended = await agent.call('end')
      await agent.detach()
      return { pid: target.pid, ended }
    },
  })
}
