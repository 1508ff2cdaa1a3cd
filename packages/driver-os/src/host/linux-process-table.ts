import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { ActivityFailed, type ProcessIdentity } from '@squall/contract'
import { type ProcStat, parseOpenFilesLimits, parseStat } from '../parse-process.ts'
import type {
  OpenFilesLimit,
  ProcessFacts,
  ProcessTable,
  ProcessUsage,
  SignalDelivery,
} from '../process-table.ts'
import { openFilesOf, readProc } from './proc-files.ts'

/** The processes of a Linux machine, read from /proc. */
export const linuxProcessTable: ProcessTable = {
  self: { pid: process.pid, uid: process.getuid?.() ?? 0 },
  find: factsOf,
  usage: usageOf,
  signal,
  limitOpenFiles,
}

/** Of a second. Linux shows a hundredth on every architecture, whatever the kernel counts in. */
const tick = 0.01

function statOf(pid: number): ProcStat | null {
  const stat = parseStat(readProc(`/proc/${pid}/stat`) ?? '')
  return stat === null || stat.isEnded ? null : stat
}

/** Ticks since the machine started, and which start of the machine that was. */
function startMark({ startTicks }: ProcStat): string {
  return `${startTicks}@${(readProc('/proc/sys/kernel/random/boot_id') ?? 'unknown').trim().slice(0, 8)}`
}

function factsOf(pid: number): ProcessFacts | null {
  const stat = statOf(pid)
  const status = readProc(`/proc/${pid}/status`)
  if (stat === null || status === null) return null
  const [, group, uid] = /^Tgid:\t(\d+)$[\s\S]*^Uid:\t(\d+)/m.exec(status) ?? []
  // The number of a thread answers as well, and a signal to it would reach the whole process.
  if (Number(group) !== pid) return null
  const words = (readProc(`/proc/${pid}/cmdline`) ?? '').replace(/\0+$/, '').split('\0')
  const { name, parent, isStopped, isKernelThread } = stat
  const startedAt = startMark(stat)
  return {
    pid,
    startedAt,
    parent,
    uid: Number(uid),
    name,
    command: words.join(' '),
    isStopped,
    isKernelThread,
  }
}

function usageOf(pid: number): ProcessUsage | null {
  const stat = statOf(pid)
  const status = readProc(`/proc/${pid}/status`)
  const limits = parseOpenFilesLimits(readProc(`/proc/${pid}/limits`) ?? '')
  if (stat === null || status === null) return null
  const [, kibibytes = '0'] = /^VmRSS:\s+(\d+) kB$/m.exec(status) ?? []
  return {
    userSeconds: stat.userTicks * tick,
    systemSeconds: stat.systemTicks * tick,
    resident: Number(kibibytes) * 1024,
    threads: stat.threads,
    openFiles: openFilesOf(pid),
    softOpenFiles: limits?.soft ?? 'unlimited',
    hardOpenFiles: limits?.hard ?? 'unlimited',
  }
}

/** Looks and sends without giving way in between. */
function signal({ pid, startedAt }: ProcessIdentity, name: NodeJS.Signals): SignalDelivery {
  const stat = statOf(pid)
  if (stat === null || startMark(stat) !== startedAt) return 'gone'
  try {
    process.kill(pid, name)
    return 'sent'
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ESRCH') return 'gone'
    if (code === 'EPERM') return 'not permitted'
    throw error
  }
}

async function limitOpenFiles(target: ProcessIdentity, soft: OpenFilesLimit): Promise<'set' | 'gone'> {
  const stat = statOf(target.pid)
  if (stat === null || startMark(stat) !== target.startedAt) return 'gone'
  try {
    // Only the soft limit: a hard one that was lowered may never be raised again.
    await promisify(execFile)('prlimit', ['--pid', String(target.pid), `--nofile=${soft}:`], {
      timeout: 10_000,
    })
    return 'set'
  } catch (cause) {
    if (statOf(target.pid) === null) return 'gone'
    throw new ActivityFailed(`The limit of open files of pid ${target.pid} could not be set to ${soft}.`, {
      cause,
    })
  }
}
