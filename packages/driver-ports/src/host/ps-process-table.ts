import type { ProcessIdentity } from '@squall/contract'
import { type SignalDelivery, sendSignal } from '@squall/procfs'
import type { ProcessDescriptor } from 'ps-list'
import type { ProcessFacts, ProcessTable, SignalName } from '../process-table.ts'
import { selfIdentity } from './self.ts'
import { userNames } from './user-names.ts'

/** The processes of systems without /proc, through `ps-list` and, on Windows, `fkill`. Not verified on a real system. */
export function psProcessTable(platform: NodeJS.Platform): ProcessTable {
  const isWindows = platform === 'win32'
  return {
    self: selfIdentity(),
    systemPids: isWindows ? [0, 4] : [0, 1],
    canPause: !isWindows,
    list: listProcesses,
    find: async (pid) => (await listProcesses()).find((process) => process.pid === pid) ?? null,
    signal: (target, signal) => signalSame(target, signal, isWindows ? signalOnWindows : signalByPid),
    userName: userNames(),
  }
}

async function listProcesses(): Promise<readonly ProcessFacts[]> {
  const { default: psList } = await import('ps-list')
  return (await psList()).filter(({ cmd }) => cmd !== '<defunct>').map(factsOf)
}

function factsOf({ pid, ppid, uid, name, cmd, startTime }: ProcessDescriptor): ProcessFacts {
  return {
    pid,
    // Windows' list has no start times; the parent and the name are the next best mark there.
    startedAt: startTime?.toISOString() ?? `parent ${ppid}, ${name}`,
    parent: ppid,
    uid: uid ?? null,
    name,
    command: cmd ?? '',
    isStopped: null,
    isKernelThread: false,
  }
}

async function signalSame(
  { pid, startedAt }: ProcessIdentity,
  signal: SignalName,
  send: (pid: number, signal: SignalName) => Promise<SignalDelivery>,
): Promise<SignalDelivery> {
  const now = (await listProcesses()).find((process) => process.pid === pid)
  return now?.startedAt === startedAt ? send(pid, signal) : 'gone'
}

async function signalByPid(pid: number, signal: SignalName): Promise<SignalDelivery> {
  return sendSignal(pid, signal)
}

async function signalOnWindows(pid: number, signal: SignalName): Promise<SignalDelivery> {
  const { default: fkill } = await import('fkill')
  const force = signal === 'SIGKILL'
  try {
    // Without `tree: false` the children of the victim would go with it.
    await fkill(pid, { force, tree: false })
    return 'sent'
  } catch (error) {
    if (!(await listProcesses()).some((process) => process.pid === pid)) return 'gone'
    // A console program cannot be asked to end; the force that follows the grace period settles it.
    if (!force) return 'sent'
    return /access|denied/i.test(String(error)) ? 'not permitted' : Promise.reject(error)
  }
}
