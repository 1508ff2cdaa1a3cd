import { type ActivityContext, ActivityFailed } from '@squall/contract'
import { z } from 'zod'
import { clusterArgument } from '../cluster-argument.ts'
import type { ClusterLook, HostLook } from '../look/cluster-look.ts'
import { atCluster, servingHosts } from './at-cluster.ts'

export const victimArguments = z.strictObject({
  member: z
    .string()
    .min(1)
    .default('follower')
    .describe('A host, or `leader`, or `follower`: any one that does not lead, chosen by the seed.'),
  cluster: clusterArgument,
})

type VictimArguments = z.output<typeof victimArguments>

/** Finds the member that is meant among those that take part. */
export function victimOf({ member }: VictimArguments, look: ClusterLook, context: ActivityContext): HostLook {
  const serving = servingHosts(look)
  const found = candidates(member, serving, look)
  const victim = found[Math.floor(context.random.next() * found.length)]
  if (victim) return victim
  const names = serving.map(({ host }) => host.name).join(', ') || 'none'
  throw new ActivityFailed(`No member that takes part is '${member}'; those that do: ${names}.`)
}

function candidates(
  member: string,
  serving: readonly HostLook[],
  { leader }: ClusterLook,
): readonly HostLook[] {
  if (member === 'leader') return serving.filter((one) => one === leader)
  if (member === 'follower') return serving.filter((one) => one !== leader)
  return serving.filter(({ host }) => host.name === member)
}

/** For `targets`: whom it may hit. */
export async function victimTargets(args: VictimArguments, context: ActivityContext) {
  try {
    return await atCluster(args, context, async ({ look }) => {
      const seen = await look()
      const found = candidates(args.member, servingHosts(seen), seen)
      const texts = found.map(({ host, process }) => `etcd ${host.name} (pid ${process?.pid})`)
      return texts.length > 1 ? [`one of ${texts.join(', ')}`] : texts
    })
  } catch (error) {
    return { unknown: error instanceof Error ? error.message : String(error) }
  }
}
