import type { EtcdHost } from '../cluster-file.ts'
import { readHostState, runningProcess, writeHostState } from '../host/host-files.ts'
import { endMember } from '../host/member-process.ts'
import { startUntilServing } from '../membership.ts'
import { done, type FaultWork, refused } from './fault-work.ts'

/** Kills what runs on the host, keeps it down for a while, and starts it again under a larger instance. */
export async function restartNode(work: FaultWork, host: EtcdHost, instanceId: string) {
  const state = await readHostState(host)
  if (!state.isUp) return refused('wrong-state', `${host.name} is down.`)
  if (String(state.instance) !== instanceId) {
    return refused('wrong-state', `${host.name} has restarted since: its instance is ${state.instance}.`)
  }
  const hadMember = (await runningProcess(host)) !== undefined
  await work.undo('start_host', { cluster: work.cluster.file, host: host.name, hadMember })
  await writeHostState(host, { ...state, isUp: false })
  await endMember(host, 'SIGKILL', work)
  await work.clock.sleep(host.rebootMs, work.signal)
  await writeHostState(host, { instance: state.instance + 1, isUp: true })
  if (!hadMember) return done
  await startUntilServing(work, host)
  return done
}

/** Kills the process and starts it again. */
export async function restartCodePackage(work: FaultWork, host: EtcdHost, instanceId: string) {
  const process = await runningProcess(host)
  if (process?.startedAt !== instanceId) {
    return refused('gone', `The process of that instance does not run on ${host.name} any more.`)
  }
  return restartProcess(work, host, 'SIGKILL')
}

/** Asks the member to end and starts it again. */
export function restartReplica(work: FaultWork, host: EtcdHost) {
  return restartProcess(work, host, 'SIGTERM')
}

async function restartProcess(work: FaultWork, host: EtcdHost, how: 'SIGKILL' | 'SIGTERM') {
  await work.undo('start_host', { cluster: work.cluster.file, host: host.name, hadMember: true })
  await endMember(host, how, work)
  await startUntilServing(work, host)
  return done
}
