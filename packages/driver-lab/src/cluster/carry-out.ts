import type { Fault, FaultOutcome } from '@squall/contract'
import { type HostedInstance, isLabError, type LabHosts } from '@squall/lab'
import { described, moveInstance, placeOn, removeInstance, restartHost, restartInstance } from './faults.ts'
import { applicationOf, hostName, hostNumber, instanceIdOf, partitionOf, replicaIdOf } from './lab-names.ts'
import { type FaultWork, LabGone, look, refused, WaitedTooLong } from './lab-work.ts'

/** Carries a fault out; what the lab refuses, and what takes too long, is an answer too. */
export async function carryOut(work: FaultWork, fault: Fault): Promise<FaultOutcome> {
  try {
    work.signal.throwIfAborted()
    return await begin(work, fault, await look(work))
  } catch (error) {
    return outcomeOf(error, work.signal)
  }
}

async function begin(work: FaultWork, fault: Fault, lab: LabHosts): Promise<FaultOutcome> {
  switch (fault.kind) {
    case 'restart-node':
      return beginRestartHost(work, fault, lab)
    case 'restart-code-package':
      return beginRestartInstance(work, fault, lab)
    case 'remove-replica': {
      const victim = instanceAt(lab, { ...fault, host: fault.node })
      return 'outcome' in victim ? victim : removeInstance(work, lab, victim)
    }
    case 'move-instance':
      return beginMove(work, fault, lab)
    default:
      return refused('wrong-state', `The lab has nothing to which '${fault.kind}' could be done.`)
  }
}

type Of<Kind extends Fault['kind']> = Extract<Fault, { kind: Kind }>

async function beginRestartHost(work: FaultWork, { node, instanceId }: Of<'restart-node'>, lab: LabHosts) {
  const host = hostNumber(lab, node)
  const state = lab.hosts[host]
  if (!state) return refused('gone', `There is no host ${node}.`)
  if (!state.isUp) return refused('wrong-state', `${node} is down.`)
  if (String(state.instance) !== instanceId) {
    return refused('wrong-state', `${node} has restarted since: its instance is ${state.instance}.`)
  }
  return restartHost(work, lab, host)
}

async function beginRestartInstance(work: FaultWork, fault: Of<'restart-code-package'>, lab: LabHosts) {
  const victim = lab.instances.find(
    (one) => hostName(one.host) === fault.node && applicationOf(one.service) === fault.application,
  )
  if (!victim || instanceIdOf(victim) !== fault.instanceId) {
    return refused('gone', `That instance of ${fault.application} does not run on ${fault.node} any more.`)
  }
  return restartInstance(work, lab, victim)
}

async function beginMove(work: FaultWork, fault: Of<'move-instance'>, lab: LabHosts) {
  const victim = instanceAt(lab, { ...fault, host: fault.from })
  if ('outcome' in victim) return victim
  const to = hostNumber(lab, fault.to)
  if (!lab.hosts[to]) return refused('gone', `There is no host ${fault.to}.`)
  if (!lab.hosts[to]?.isUp) return refused('not-now', `${fault.to} is down.`)
  if (lab.instances.some(({ host, service }) => host === to && service === victim.service)) {
    return refused('wrong-state', `${fault.to} has an instance of ${victim.service} already.`)
  }
  return moveInstance(work, victim, placeOn(lab, victim.service, to))
}

function instanceAt(
  lab: LabHosts,
  { partition, replica, host }: { partition: string; replica: string; host: string },
): HostedInstance | FaultOutcome {
  const found = lab.instances.find((one) => replicaIdOf(one) === replica && hostName(one.host) === host)
  if (!found || partitionOf(lab, found.service) !== partition) {
    return refused('gone', `The instance ${replica} does not run on ${host} any more.`)
  }
  return found.isHealthy ? found : refused('wrong-state', `${described(found)} does not answer.`)
}

function outcomeOf(error: unknown, signal: AbortSignal): FaultOutcome {
  if (signal.aborted) {
    const isTimeout = (signal.reason as { name?: unknown } | undefined)?.name === 'TimeoutError'
    return isTimeout
      ? refused('timeout', 'The lab did not finish in time.')
      : refused('transient', 'Interrupted before the lab had finished.')
  }
  if (error instanceof WaitedTooLong) return refused('timeout', error.message)
  if (error instanceof LabGone) return refused('gone', error.message)
  if (isLabError(error) && error.code === 'LAB_PORT_BUSY') return refused('not-now', error.message)
  if (isLabError(error)) return refused('transient', error.message)
  throw error
}
