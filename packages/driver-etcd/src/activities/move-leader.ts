import { ActivityFailed, defineAction } from '@squall/contract'
import { z } from 'zod'
import { clusterArgument } from '../cluster-argument.ts'
import { atCluster, servingHosts } from './at-cluster.ts'

export const moveLeader = defineAction({
  summary: 'Hands the leadership to another member. Nothing is lost, so there is nothing to undo.',
  args: z.strictObject({
    to: z.string().min(1).describe('The host whose member is to lead.'),
    cluster: clusterArgument,
  }),
  result: z.string(),
  targets: async ({ to }) => [`leadership of etcd, to ${to}`],
  run: (args, context) =>
    atCluster(args, context, async ({ look, client, signal }) => {
      const seen = await look()
      const successor = servingHosts(seen).find(({ host }) => host.name === args.to)?.member
      if (!successor || !seen.leader) throw new ActivityFailed(`No member takes part on '${args.to}'.`)
      if (seen.leader.member?.id === successor.id) return args.to
      await client.transferLeadership(seen.leader.host.clientUrl, successor.id, signal)
      return args.to
    }),
})
