import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { ActivityFailed, type ProcessIdentity } from '@squall/contract'
import { isAlive, openFilesOf, readProc, readProcess, readStat, signalProcess } from '@squall/procfs'
import { parseOpenFilesLimits } from '../parse-open-files-limits.ts'
import type { OpenFilesLimit, ProcessFacts, ProcessTable, ProcessUsage } from '../process-table.ts'

/** The processes of a Linux machine, read from /proc. */
export const linuxProcessTable: ProcessTable = {
  self: { pid: process.pid, uid: process.getuid?.() ?? 0 },
  find: factsOf,
  usage: usageOf,
  signal: signalProcess,
  limitOpenFiles,
}

/** Of a second. Linux shows a hundredth on every architecture, whatever the kernel counts in. */
const tick = 0.01

function factsOf(pid: number): ProcessFacts | null {
  const found = readProcess(pid)
  if (found === null) return null
  const { startedAt, uid, words, stat } = found
  const { parent, name, isStopped, isKernelThread } = stat
  return { pid, startedAt, parent, uid, name, command: words.join(' '), isStopped, isKernelThread }
}

function usageOf(pid: number): ProcessUsage | null {
  const stat = readStat(pid)
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

async function limitOpenFiles(target: ProcessIdentity, soft: OpenFilesLimit): Promise<'set' | 'gone'> {
  if (!isAlive(target)) return 'gone'
  try {
    // Only the soft limit: a hard one that was lowered may never be raised again.
    await promisify(execFile)('prlimit', ['--pid', String(target.pid), `--nofile=${soft}:`], {
      timeout: 10_000,
    })
    return 'set'
  } catch (cause) {
    if (!isAlive(target)) return 'gone'
    throw new ActivityFailed(`The limit of open files of pid ${target.pid} could not be set to ${soft}.`, {
      cause,
    })
  }
}
