import { readdirSync } from 'node:fs'
import type { ProcessIdentity } from '@squall/contract'
import type { ProcessFacts, ProcessTable, SignalDelivery, SignalName } from '../process-table.ts'
import { readProc, readStat, startMark } from './linux-process.ts'
import { selfIdentity } from './self.ts'
import { userNames } from './user-names.ts'

/** The processes of a Linux machine, read from /proc: needs no program such as `ps`. */
export function linuxProcessTable(): ProcessTable {
  return {
    self: selfIdentity(),
    systemPids: [0, 1],
    canPause: true,
    list: async () => allPids().flatMap((pid) => factsOf(pid) ?? []),
    find: async (pid) => factsOf(pid),
    signal: async (target, signal) => signalSame(target, signal),
    userName: userNames(),
  }
}

/** Every pid this user can see. */
export function allPids(): number[] {
  return readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? [Number(name)] : []))
}

function factsOf(pid: number): ProcessFacts | null {
  const stat = readStat(pid)
  const status = readProc(`/proc/${pid}/status`)
  if (stat === null || status === null) return null
  const [, group, uid] = /^Tgid:\t(\d+)$[\s\S]*^Uid:\t(\d+)/m.exec(status) ?? []
  // The number of a thread answers as well, and a signal to it would reach the whole process.
  if (Number(group) !== pid) return null
  return {
    pid,
    startedAt: startMark(stat),
    parent: stat.parent,
    uid: Number(uid),
    name: stat.name,
    command: (readProc(`/proc/${pid}/cmdline`) ?? '').replace(/\0+$/, '').replaceAll('\0', ' '),
    isStopped: stat.isStopped,
    isKernelThread: stat.isKernelThread,
  }
}

/**
 * Looks and sends without giving way in between. What remains is the time between two system calls, in which the
 * process would have to end, be reaped, and its pid come round again.
 */
function signalSame({ pid, startedAt }: ProcessIdentity, signal: SignalName): SignalDelivery {
  const stat = readStat(pid)
  if (stat === null || startMark(stat) !== startedAt) return 'gone'
  try {
    process.kill(pid, signal)
    return 'sent'
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ESRCH') return 'gone'
    if (code === 'EPERM') return 'not permitted'
    throw error
  }
}
