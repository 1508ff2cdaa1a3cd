import { type ActivityContext, ActivityFailed, defineAction } from '@squall/contract'
import { z } from 'zod'
import type { ControlGroup } from '../control-groups.ts'
import { shortText, targetText } from '../find-target.ts'
import { objectionTo } from '../guard.ts'
import type { OsSystem } from '../os-system.ts'
import type { ProcessFacts } from '../process-table.ts'
import { needsFreezer, needsRootForOthers } from '../requirements.ts'
import { otherUsersArgument } from '../target-arguments.ts'

const args = z.strictObject({
  group: z
    .string()
    .regex(
      /^(?!.*(?:^|\/)\.\.?(?:\/|$))[^/].*$/,
      'must be a name below /sys/fs/cgroup, such as system.slice/nginx.service',
    )
    .describe('The control group, such as `system.slice/nginx.service`.'),
  other_users: otherUsersArgument,
})

type Given = z.output<typeof args>

export function freezeGroup(system: OsSystem) {
  return defineAction({
    summary: 'Freezes all processes of a control group at once, until undone.',
    args: args
      .superRefine((given, context) => needsFreezer(system, given, context))
      .superRefine((given, context) => needsRootForOthers(system, given, context)),
    result: z.object({ group: z.string(), pids: z.array(z.int()) }),
    undoneBy: ['thaw_group'],
    targets: async (given, context) => findMembers(given, system, context).members.map(targetText),
    run: async (given, context) => {
      context.signal.throwIfAborted()
      const { group, members } = findMembers(given, system, context)
      if (group.isFrozen) throw new ActivityFailed(`The group ${given.group} is frozen already.`)
      if (!group.isWritable)
        throw new ActivityFailed(`This user may not freeze the group ${given.group}.`, {
          hint: 'That needs root.',
        })
      await context.undo('thaw_group', { folder: group.folder, inode: group.inode })
      context.signal.throwIfAborted()
      system.groups.freeze(group)
      return { group: group.folder, pids: members.map(({ pid }) => pid) }
    },
  })
}

/** The group and its processes. Throws `ActivityFailed` when one of them must not be touched. */
function findMembers(
  given: Given,
  { groups, processes }: OsSystem,
  context: ActivityContext,
): { readonly group: ControlGroup; readonly members: readonly ProcessFacts[] } {
  const group = groups.find(given.group)
  if (group === null) throw new ActivityFailed(`There is no control group ${given.group} that can be frozen.`)
  if (group.pids.length === 0) throw new ActivityFailed(`The group ${given.group} has no process.`)
  if (group.pids.includes(0))
    throw new ActivityFailed(
      `The group ${given.group} is left alone: not all of its processes can be seen from here.`,
    )
  const members = group.pids.flatMap((pid) => processes.find(pid) ?? [])
  for (const facts of members) {
    const objection = objectionTo(facts, processes, context, given.other_users)
    if (objection === null) continue
    throw new ActivityFailed(`The group ${given.group} is left alone for ${shortText(facts)}: ${objection}.`)
  }
  return { group, members }
}
