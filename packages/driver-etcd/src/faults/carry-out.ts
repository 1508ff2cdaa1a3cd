import type { Fault, FaultOutcome } from '@squall/contract'
import { EtcdRefusal, EtcdSilent, WaitedTooLong } from '../etcd-error.ts'
import { type ClusterLook, type HostLook, isServing, lookAt } from '../look/cluster-look.ts'
import { partitionIdOf } from '../look/snapshot-of.ts'
import { type FaultWork, refused } from './fault-work.ts'
import { movePrimary, moveSecondary, removeReplica } from './moves.ts'
import { pauseMember } from './pause.ts'
import { restartCodePackage, restartNode, restartReplica } from './restarts.ts'

/** Carries a fault out; what etcd refuses, and what takes too long, is an answer too. */
export async function carryOut(work: FaultWork, fault: Fault): Promise<FaultOutcome> {
  try {
    work.signal.throwIfAborted()
    return await begin(work, fault, await lookAt(work.cluster, work.client, work.signal))
  } catch (error) {
    return outcomeOf(error, work.signal)
  }
}

async function begin(work: FaultWork, fault: Fault, look: ClusterLook): Promise<FaultOutcome> {
  const from = 'from' in fault ? fault.from : fault.node
  const at = look.hosts.find(({ host }) => host.name === from)
  if (!at) return refused('gone', `There is no host ${from}.`)
  switch (fault.kind) {
    case 'restart-node':
      return restartNode(work, at.host, fault.instanceId)
    case 'restart-code-package':
      return restartCodePackage(work, at.host, fault.instanceId)
    case 'driver':
      return pauseMember(work, at.host, fault.instanceId ?? '')
    case 'move-instance':
      return refused('wrong-state', 'etcd has no stateless instances.')
    default:
      return replicaProblem(fault, at, look) ?? replicaFault(work, fault, at, look)
  }
}

type ReplicaFault = Extract<Fault, { replica: string; service: string }>

function replicaProblem(fault: ReplicaFault, at: HostLook, look: ClusterLook): FaultOutcome | undefined {
  if (fault.partition !== partitionIdOf(look))
    return refused('gone', `There is no partition ${fault.partition}.`)
  if (at.member?.id !== fault.replica) {
    return refused('gone', `There is no member ${fault.replica} on ${at.host.name}.`)
  }
  if (!isServing(at, look.leader))
    return refused('wrong-state', `The member on ${at.host.name} does not take part.`)
  const isLeader = at === look.leader
  if (fault.kind === 'move-primary' && !isLeader)
    return refused('wrong-state', `${at.host.name} leads no more.`)
  if (fault.kind === 'move-secondary' && isLeader)
    return refused('wrong-state', `${at.host.name} leads by now.`)
  return undefined
}

async function replicaFault(
  work: FaultWork,
  fault: ReplicaFault,
  at: HostLook,
  look: ClusterLook,
): Promise<FaultOutcome> {
  if (fault.kind === 'restart-replica') return restartReplica(work, at.host)
  if (fault.kind === 'remove-replica') return removeReplica(work, at.host)
  const to = look.hosts.find(({ host }) => host.name === fault.to)
  if (!to) return refused('gone', `There is no host ${fault.to}.`)
  if (!to.isUp) return refused('not-now', `${fault.to} is down.`)
  return fault.kind === 'move-primary' ? movePrimary(work, at, to) : moveSecondary(work, at, to)
}

function outcomeOf(error: unknown, signal: AbortSignal): FaultOutcome {
  if (signal.aborted) {
    const isTimeout = (signal.reason as { name?: unknown } | undefined)?.name === 'TimeoutError'
    return isTimeout
      ? refused('timeout', 'etcd did not finish in time.')
      : refused('transient', 'Interrupted before etcd had finished.')
  }
  if (error instanceof WaitedTooLong) return refused('timeout', error.message)
  if (error instanceof EtcdSilent) return refused('transient', error.message)
  if (error instanceof EtcdRefusal && error.isForNow) return refused('not-now', error.message)
  throw error
}
