import { defineAction } from '@squall/contract'
import { z } from 'zod'
import { endMember } from '../host/member-process.ts'
import { atCluster } from './at-cluster.ts'
import { victimArguments, victimOf, victimTargets } from './victim.ts'

export const killMember = defineAction({
  summary: 'Kills a member. It stays down until the undo starts it again.',
  args: victimArguments,
  result: z.string(),
  undoneBy: ['start_host'],
  targets: victimTargets,
  run: (args, context) =>
    atCluster(args, context, async ({ look, cluster, ...shop }) => {
      const { host } = victimOf(args, await look(), context)
      await context.undo('start_host', { cluster: cluster.file, host: host.name, hadMember: true })
      await endMember(host, 'SIGKILL', shop)
      context.log.info(`killed the member on ${host.name}`)
      return host.name
    }),
})
