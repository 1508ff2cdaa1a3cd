import { defineProbe } from '@squall/contract'
import { z } from 'zod'
import { clusterArgument } from '../cluster-argument.ts'
import { isServing } from '../look/cluster-look.ts'
import { askedUrl, atCluster } from './at-cluster.ts'

const onlyCluster = z.strictObject({ cluster: clusterArgument })

export const members = defineProbe({
  summary: 'Lists the hosts and what each member does.',
  args: onlyCluster,
  result: z.array(
    z.object({
      host: z.string(),
      member: z.string().nullable(),
      role: z.enum(['leader', 'follower', 'learner', 'silent', 'none']),
      version: z.string().nullable(),
    }),
  ),
  run: (args, context) =>
    atCluster(args, context, async ({ look }) => {
      const seen = await look()
      return seen.hosts.map((one) => ({
        host: one.host.name,
        member: one.member?.id ?? null,
        role: roleOf(one, seen),
        version: one.status?.version ?? null,
      }))
    }),
})

function roleOf(
  one: Parameters<typeof isServing>[0],
  { leader }: { leader: Parameters<typeof isServing>[1] },
): 'leader' | 'follower' | 'learner' | 'silent' | 'none' {
  if (!one.member) return 'none'
  if (one.status?.isLearner) return 'learner'
  if (!isServing(one, leader)) return 'silent'
  return one === leader ? 'leader' : 'follower'
}

export const leader = defineProbe({
  summary: 'Names the host whose member leads; null when there is no leader.',
  args: onlyCluster,
  result: z.string().nullable(),
  run: (args, context) =>
    atCluster(args, context, async ({ look }) => (await look()).leader?.host.name ?? null),
})

export const health = defineProbe({
  summary: 'Tells whether the cluster can be written to, and how many members take part.',
  args: onlyCluster,
  result: z.object({ healthy: z.boolean(), serving: z.number(), size: z.number() }),
  run: (args, context) =>
    atCluster(args, context, async ({ look, cluster }) => {
      const seen = await look()
      const serving = seen.hosts.filter((one) => isServing(one, seen.leader)).length
      return { healthy: serving > Math.floor(seen.members.length / 2), serving, size: cluster.size }
    }),
})

export const get = defineProbe({
  summary: 'Reads a key, as the majority has it; null when there is no such key.',
  args: z.strictObject({ key: z.string().min(1), cluster: clusterArgument }),
  result: z.string().nullable(),
  run: (args, context) =>
    atCluster(args, context, async ({ look, client, signal }) => {
      const value = await client.get(askedUrl(await look()), args.key, signal)
      return value ?? null
    }),
})
