import { ActivityFailed, defineAction } from '@squall/contract'
import { z } from 'zod'
import { send } from '../host/send.ts'
import { atCluster } from './at-cluster.ts'
import { victimArguments, victimOf, victimTargets } from './victim.ts'

export const pauseMemberAction = defineAction({
  summary: 'Freezes a member: it is there and answers nobody, until the undo lets it go on.',
  args: victimArguments,
  result: z.string(),
  undoneBy: ['resume_member'],
  targets: victimTargets,
  run: (args, context) =>
    atCluster(args, context, async ({ look }) => {
      const { host, process } = victimOf(args, await look(), context)
      if (!process) throw new ActivityFailed(`The member on ${host.name} has no process.`)
      await context.undo('resume_member', { pid: process.pid, startedAt: process.startedAt })
      send(process, 'SIGSTOP')
      context.log.info(`froze the member on ${host.name}`, { pid: process.pid })
      return host.name
    }),
})
