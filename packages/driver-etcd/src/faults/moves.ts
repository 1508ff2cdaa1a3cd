import type { FaultOutcome } from '@squall/contract'
import type { EtcdHost } from '../cluster-file.ts'
import type { HostLook } from '../look/cluster-look.ts'
import { lookAt } from '../look/cluster-look.ts'
import { join, leave, makeRoom, waitUntil } from '../membership.ts'
import { done, type FaultWork, refused } from './fault-work.ts'

/** Takes the member out, data and all, and adds a new one in its place. */
export async function removeReplica(work: FaultWork, host: EtcdHost): Promise<FaultOutcome> {
  await work.undo('restore_members', { cluster: work.cluster.file, home: host.name })
  await leave(work, host)
  await join(work, host)
  return done
}

/** Hands the leadership to the member on `to`, which is built there first when there is none. */
export async function movePrimary(work: FaultWork, from: HostLook, to: HostLook): Promise<FaultOutcome> {
  if (to.member) {
    await handOver(work, to.host)
    return done
  }
  await work.undo('restore_members', {
    cluster: work.cluster.file,
    home: from.host.name,
    spare: to.host.name,
  })
  await join(work, to.host)
  await handOver(work, to.host)
  await makeRoom(work, from.host)
  return done
}

/** Adds a member on the host `to`, then takes the one on `from` out. */
export async function moveSecondary(work: FaultWork, from: HostLook, to: HostLook): Promise<FaultOutcome> {
  if (to.member) return refused('wrong-state', `${to.host.name} has a member already.`)
  await work.undo('restore_members', {
    cluster: work.cluster.file,
    home: from.host.name,
    spare: to.host.name,
  })
  await join(work, to.host)
  await makeRoom(work, from.host)
  return done
}

async function handOver(work: FaultWork, to: EtcdHost): Promise<void> {
  const { leader, hosts } = await lookAt(work.cluster, work.client, work.signal)
  const successor = hosts.find(({ host }) => host.name === to.name)?.member
  if (!leader || !successor || leader.member?.id === successor.id) return
  await work.client.transferLeadership(leader.host.clientUrl, successor.id, work.signal)
  await waitUntil(work, `The hand-over to ${to.name}`, async () => {
    const { leader: now } = await lookAt(work.cluster, work.client, work.signal)
    return now?.member?.id === successor.id
  })
}
