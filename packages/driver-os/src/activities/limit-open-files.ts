import { ActivityFailed, defineAction } from '@squall/contract'
import { z } from 'zod'
import { findTarget, identityOf, shortText, targetText } from '../find-target.ts'
import type { OsSystem } from '../os-system.ts'
import type { ProcessFacts } from '../process-table.ts'
import { needsProgram, needsRootForOthers } from '../requirements.ts'
import { checkTarget, otherUsersArgument, targetArguments } from '../target-arguments.ts'

export function limitOpenFiles(system: OsSystem) {
  const args = z
    .strictObject({
      ...targetArguments,
      spare: z.coerce.number().int().min(0).default(0).describe('How many it may open beyond those it has.'),
      other_users: otherUsersArgument,
    })
    .superRefine(checkTarget)
    .superRefine((given, context) => needsRootForOthers(system, given, context))
    .superRefine((_, context) => needsProgram('prlimit', 'util-linux', system, context))
  return defineAction({
    summary:
      'Lets a process open no more files and sockets, by its soft limit (RLIMIT_NOFILE), until undone.',
    args,
    result: z.object({ pid: z.int(), limit: z.int(), before: z.union([z.int(), z.literal('unlimited')]) }),
    undoneBy: ['restore_open_files'],
    targets: async (given, context) => [targetText(await findTarget(given, system, context))],
    run: async (given, context) => {
      context.signal.throwIfAborted()
      const target = await findTarget(given, system, context)
      const { softOpenFiles: before, openFiles } = usageOf(target, system)
      const limit = limitFor(openFiles, given.spare)
      if (before !== 'unlimited' && limit >= before)
        throw new ActivityFailed(
          `${shortText(target)} may open ${before} files already, no more than ${limit}.`,
        )
      await context.undo('restore_open_files', { ...identityOf(target), limit, before })
      context.signal.throwIfAborted()
      await system.processes.limitOpenFiles(target, limit)
      return { pid: target.pid, limit, before }
    },
  })
}

/** The limit is on the number of a file, and a new one gets the lowest that is free. */
export function limitFor(openFiles: readonly number[], spare: number): number {
  const taken = new Set(openFiles)
  let limit = 0
  for (let free = 0; free < spare || taken.has(limit); limit++) if (!taken.has(limit)) free += 1
  return limit
}

function usageOf(target: ProcessFacts, { processes }: OsSystem) {
  const { softOpenFiles, openFiles } = processes.usage(target.pid) ?? {}
  if (softOpenFiles === undefined || !openFiles)
    throw new ActivityFailed(`The open files of ${shortText(target)} cannot be seen.`, {
      hint: 'That needs the rights of its owner, or root.',
    })
  return { softOpenFiles, openFiles }
}
