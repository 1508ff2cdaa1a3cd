import type { DriverFaultKind, FaultOutcome } from '@squall/contract'
import type { EtcdHost } from '../cluster-file.ts'
import { runningProcess } from '../host/host-files.ts'
import { send } from '../host/send.ts'
import { startUntilServing } from '../membership.ts'
import { done, type FaultWork, refused } from './fault-work.ts'

export const pauseProcess: DriverFaultKind = {
  name: 'pause-process',
  summary: 'Freezes the etcd process of a host for three seconds.',
  disturbs: 'code-package',
  weight: 1,
}

const frozenMs = 3000

/** Freezes the member: it is there, and answers nobody. */
export async function pauseMember(
  work: FaultWork,
  host: EtcdHost,
  instanceId: string,
): Promise<FaultOutcome> {
  const mark = await runningProcess(host)
  if (mark?.startedAt !== instanceId) {
    return refused('gone', `The process of that instance does not run on ${host.name} any more.`)
  }
  await work.undo('resume_member', { pid: mark.pid, startedAt: mark.startedAt })
  send(mark, 'SIGSTOP')
  await work.clock.sleep(frozenMs, work.signal)
  send(mark, 'SIGCONT')
  await startUntilServing(work, host)
  return done
}
