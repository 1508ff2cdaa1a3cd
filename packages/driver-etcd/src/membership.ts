import type { Clock } from '@squall/contract'
import type { ClusterFile, EtcdHost } from './cluster-file.ts'
import { EtcdRefusal, EtcdSilent, WaitedTooLong } from './etcd-error.ts'
import type { EtcdClient, ListedMember } from './host/etcd-client.ts'
import { runningProcess, wipeData } from './host/host-files.ts'
import { discardMember, startMember } from './host/member-process.ts'
import { type ClusterLook, isServing, lookAt } from './look/cluster-look.ts'

/** What every work on the cluster needs. */
export interface Workshop {
  readonly cluster: ClusterFile
  readonly client: EtcdClient
  readonly clock: Clock
  readonly signal: AbortSignal
}

const pollMs = 100

/** Asks until the answer is yes. Rejects with `WaitedTooLong`. */
export async function waitUntil(
  { clock, signal }: Workshop,
  what: string,
  isSo: () => Promise<boolean>,
  limitMs = 60_000,
): Promise<void> {
  const until = clock.monotonic() + limitMs
  while (!(await isSo())) {
    if (clock.monotonic() > until) throw new WaitedTooLong(`${what} took longer than ${limitMs / 1000} s.`)
    await clock.sleep(pollMs, signal)
  }
}

/** The cluster as it is; undefined while nobody answers. */
export async function lookIfAny({ cluster, client, signal }: Workshop): Promise<ClusterLook | undefined> {
  try {
    return await lookAt(cluster, client, signal)
  } catch (error) {
    if (error instanceof EtcdSilent) return undefined
    throw error
  }
}

/**
 * Resolves when the member of the host takes part. As a supervisor would, it starts the member whenever it does not run:
 * one that joins ends by itself when the list of members changes while it starts.
 */
export function startUntilServing(shop: Workshop, host: EtcdHost, limitMs = 60_000): Promise<void> {
  const serves = async () => {
    const look = await lookIfAny(shop)
    if (!(await runningProcess(host))) await startAnew(shop, host, look)
    const own = look?.hosts.find((one) => one.host.name === host.name)
    return own !== undefined && isServing(own, look?.leader)
  }
  return waitUntil(shop, `The recovery of the member on ${host.name}`, serves, limitMs)
}

/** With the data it has; one without data learns from the list whom it joins. One that was removed is not started. */
async function startAnew(
  { cluster }: Workshop,
  host: EtcdHost,
  look: ClusterLook | undefined,
): Promise<void> {
  const isListed = look?.members.some(({ peerUrl }) => peerUrl === host.peerUrl) ?? true
  if (!isListed) return
  await startMember(
    cluster,
    host,
    look && { state: 'existing', initialCluster: written(look.members, cluster) },
  )
}

/** Adds a member on a host that has none, with empty data, and resolves when it takes part. */
export async function join(shop: Workshop, host: EtcdHost): Promise<void> {
  await patiently(shop, `The joining of ${host.name}`, async (url) => {
    const members = await shop.client.members(url, shop.signal)
    // Listed by an attempt whose answer was lost.
    if (members.some(({ peerUrl }) => peerUrl === host.peerUrl)) return
    await wipeData(host)
    await shop.client.addMember(url, host.peerUrl, shop.signal)
  })
  await startUntilServing(shop, host)
}

/** Takes the member of a host out of the cluster and removes its data. Rejects when the cluster refuses. */
export async function leave(shop: Workshop, host: EtcdHost): Promise<void> {
  const { members, hosts, leader } = await lookAt(shop.cluster, shop.client, shop.signal)
  const member = members.find(({ peerUrl }) => peerUrl === host.peerUrl)
  const asked = hosts.find((one) => one.host.name !== host.name && isServing(one, leader))
  if (member && !asked) throw new EtcdSilent('Another member')
  if (member && asked) await shop.client.removeMember(asked.host.clientUrl, member.id, shop.signal)
  await discardMember(host, shop)
}

/** The same, and what the cluster refuses for now is tried again: another member has taken its place already. */
export function makeRoom(shop: Workshop, host: EtcdHost): Promise<void> {
  return patiently(shop, `The leaving of ${host.name}`, () => leave(shop, host))
}

/** Tries again what the cluster refuses for now: it has begun and must be finished. */
async function patiently(shop: Workshop, what: string, work: (url: string) => Promise<void>): Promise<void> {
  await waitUntil(shop, what, async () => {
    const look = await lookIfAny(shop)
    const asked = look?.leader
    if (!asked) return false
    try {
      await work(asked.host.clientUrl)
      return true
    } catch (error) {
      if (error instanceof EtcdSilent || (error instanceof EtcdRefusal && error.isForNow)) return false
      throw error
    }
  })
}

function written(members: readonly ListedMember[], { hosts }: ClusterFile): string {
  return members
    .flatMap(({ peerUrl }) => {
      const host = hosts.find((one) => one.peerUrl === peerUrl)
      return host ? [`${host.name}=${peerUrl}`] : []
    })
    .join(',')
}
