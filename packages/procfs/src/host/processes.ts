import type { ProcessIdentity } from '@squall/contract'
import { type ProcStat, parseProcStat } from '../proc-stat.ts'
import { readProc } from './proc-files.ts'
import { type SignalDelivery, sendSignal } from './send-signal.ts'

/** A process as /proc shows it at one moment. */
export interface Process extends ProcessIdentity {
  readonly stat: ProcStat
  readonly uid: number
  /** The whole of `/proc/PID/status`. */
  readonly status: string
  /** The words of its command line; empty for a kernel thread. */
  readonly words: readonly string[]
}

/** Null when there is no such process, when it has ended, or when this user cannot see it. */
export function readProcess(pid: number): Process | null {
  const stat = readStat(pid)
  const status = readProc(`/proc/${pid}/status`)
  if (stat === null || status === null) return null
  const [, group, uid] = /^Tgid:\t(\d+)$[\s\S]*^Uid:\t(\d+)/m.exec(status) ?? []
  // The number of a thread answers as well, and a signal to it would reach the whole process.
  if (Number(group) !== pid) return null
  const commandLine = (readProc(`/proc/${pid}/cmdline`) ?? '').replace(/\0+$/, '')
  const words = commandLine === '' ? [] : commandLine.split('\0')
  return { pid, startedAt: startMark(stat), stat, uid: Number(uid), status, words }
}

/** Null as for `readProcess`. */
export function readStat(pid: number): ProcStat | null {
  const stat = parseProcStat(readProc(`/proc/${pid}/stat`) ?? '')
  return stat === null || stat.isEnded ? null : stat
}

/** Null as for `readProcess`; reads less. */
export function identityOf(pid: number): ProcessIdentity | null {
  const stat = readStat(pid)
  return stat && { pid, startedAt: startMark(stat) }
}

/** Whether exactly this process still runs: its pid may have gone to another one. */
export function isAlive({ pid, startedAt }: ProcessIdentity): boolean {
  return identityOf(pid)?.startedAt === startedAt
}

/**
 * Sends a signal to exactly this process: looks and sends without giving way in between. What remains is the time
 * between two system calls, in which the process would have to end, be reaped, and its pid come round again.
 */
export function signalProcess(target: ProcessIdentity, signal: NodeJS.Signals): SignalDelivery {
  return isAlive(target) ? sendSignal(target.pid, signal) : 'gone'
}

/** Ticks since the machine started, and which start of the machine that was. */
function startMark({ startTicks }: ProcStat): string {
  return `${startTicks}@${bootMark()}`
}

let boot: string | undefined

function bootMark(): string {
  boot ??= (readProc('/proc/sys/kernel/random/boot_id') ?? 'unknown').trim().slice(0, 8)
  return boot
}
