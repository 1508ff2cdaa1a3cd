import { ActivityFailed, defineAction } from '@squall/contract'
import { z } from 'zod'
import { findTarget, identityOf, shortText, targetText } from '../find-target.ts'
import type { OsSystem } from '../os-system.ts'
import { needsRootForOthers } from '../requirements.ts'
import { checkTarget, otherUsersArgument, targetArguments } from '../target-arguments.ts'

export function freeze(system: OsSystem) {
  return defineAction({
    summary: 'Freezes a process by SIGSTOP, until undone.',
    args: z
      .strictObject({ ...targetArguments, other_users: otherUsersArgument })
      .superRefine(checkTarget)
      .superRefine((given, context) => needsRootForOthers(system, given, context)),
    result: z.object({ pid: z.int() }),
    undoneBy: ['thaw'],
    targets: async (given, context) => [targetText(await findTarget(given, system, context))],
    run: async (given, context) => {
      context.signal.throwIfAborted()
      const target = await findTarget(given, system, context)
      if (target.isStopped) throw new ActivityFailed(`${shortText(target)} is frozen already.`)
      await context.undo('thaw', { ...identityOf(target) })
      context.signal.throwIfAborted()
      const delivery = system.processes.signal(target, 'SIGSTOP')
      if (delivery !== 'sent') throw new ActivityFailed(`${shortText(target)} was not frozen: ${delivery}.`)
      return { pid: target.pid }
    },
  })
}
