import type { ProcessIdentity } from '@squall/contract'
import type { ClusterFile, EtcdHost } from '../cluster-file.ts'
import { EtcdRefusal, EtcdSilent } from '../etcd-error.ts'
import type { EtcdClient, ListedMember, MemberStatus } from '../host/etcd-client.ts'
import { type HostState, readHostState, runningProcess } from '../host/host-files.ts'

/** A host, the member that is to run on it, and what they say. */
export interface HostLook extends HostState {
  readonly host: EtcdHost
  readonly process: ProcessIdentity | undefined
  readonly status: MemberStatus | undefined
  readonly member: ListedMember | undefined
}

/** The cluster at one moment, as far as it answers. */
export interface ClusterLook {
  readonly hosts: readonly HostLook[]
  readonly members: readonly ListedMember[]
  /** Whom most members that answer follow. */
  readonly leader: HostLook | undefined
  readonly clusterId: string
}

/** Asks every host. Rejects with `EtcdSilent` when none answers. */
export async function lookAt(
  cluster: ClusterFile,
  client: EtcdClient,
  signal: AbortSignal,
): Promise<ClusterLook> {
  const seen = await Promise.all(cluster.hosts.map((host) => lookAtHost(host, client, signal)))
  const best = followed(seen.flatMap(({ status }) => (status ? [status] : [])))
  // The leader's list of members is the newest; one that has just started may be behind.
  const asked = seen.find(({ status }) => status?.memberId === best) ?? seen.find(({ status }) => status)
  if (!asked?.status) throw new EtcdSilent(`No member of ${cluster.file}`)
  const members = await client.members(asked.host.clientUrl, signal)
  const hosts = seen.map((one) => ({
    ...one,
    member: members.find(({ peerUrl }) => peerUrl === one.host.peerUrl),
  }))
  const leader = best === undefined ? undefined : hosts.find(({ member }) => member?.id === best)
  return { hosts, members, leader, clusterId: asked.status.clusterId }
}

/** Whether it takes part: it answers, follows the leader and is no learner. */
export function isServing(look: HostLook, leader: HostLook | undefined): boolean {
  const { status, member, process } = look
  if (!status || !member || !process || status.isLearner || status.memberId !== member.id) return false
  return (
    leader?.member !== undefined && status.leader === leader.member.id && isCaughtUp(status, leader.status)
  )
}

/** Entries a member may be behind the leader. */
const lag = 1000

function isCaughtUp(status: MemberStatus, leader: MemberStatus | undefined): boolean {
  return leader === undefined || leader.applied - status.applied <= lag
}

async function lookAtHost(
  host: EtcdHost,
  client: EtcdClient,
  signal: AbortSignal,
): Promise<Omit<HostLook, 'member'>> {
  const [state, process] = await Promise.all([readHostState(host), runningProcess(host)])
  const status = process && (await statusOf(host, client, signal))
  return { host, ...state, process, status }
}

async function statusOf(
  host: EtcdHost,
  client: EtcdClient,
  signal: AbortSignal,
): Promise<MemberStatus | undefined> {
  try {
    return await client.status(host.clientUrl, signal)
  } catch (error) {
    if (error instanceof EtcdSilent || error instanceof EtcdRefusal) return undefined
    throw error
  }
}

/** The leader of the highest term that more than one member, or the only one, follows. */
function followed(statuses: readonly MemberStatus[]): string | undefined {
  const votes = new Map<string, number>()
  for (const { leader } of statuses) if (leader) votes.set(leader, (votes.get(leader) ?? 0) + 1)
  return [...votes].toSorted(([, one], [, other]) => other - one)[0]?.[0]
}
