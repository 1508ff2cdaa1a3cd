import type { ProcessIdentity } from '@squall/contract'
import type { SignalDelivery } from '@squall/procfs'

/** Knows the processes of this machine. */
export interface ProcessTable {
  /** squall's own process and user. */
  readonly self: { readonly pid: number; readonly uid: number }
  /** Null when there is no such process, when it has ended, or when this user cannot see it. */
  find(pid: number): ProcessFacts | null
  /** Null as for `find`. */
  usage(pid: number): ProcessUsage | null
  /** Sends a signal to exactly this process: the start time is compared immediately before. */
  signal(target: ProcessIdentity, signal: 'SIGSTOP' | 'SIGCONT' | 'SIGKILL'): SignalDelivery
  /** Sets the soft limit of open files of exactly this process. Rejects when the system does not permit it. */
  limitOpenFiles(target: ProcessIdentity, soft: OpenFilesLimit): Promise<'set' | 'gone'>
}

export type OpenFilesLimit = number | 'unlimited'

/** A process as the system shows it at one moment. */
export interface ProcessFacts extends ProcessIdentity {
  readonly parent: number
  readonly uid: number
  readonly name: string
  /** The whole command line; empty where there is none. */
  readonly command: string
  readonly isStopped: boolean
  readonly isKernelThread: boolean
}

export interface ProcessUsage {
  /** Seconds of CPU time since it began. */
  readonly userSeconds: number
  readonly systemSeconds: number
  /** Bytes in memory. */
  readonly resident: number
  readonly threads: number
  /** Numbers of the files it has open. Null when they are another user's. */
  readonly openFiles: readonly number[] | null
  readonly softOpenFiles: OpenFilesLimit
  readonly hardOpenFiles: OpenFilesLimit
}

/** Tells whether two records mean the same process: a pid alone is used again. */
export function isSameProcess(a: ProcessIdentity, b: ProcessIdentity): boolean {
  return a.pid === b.pid && a.startedAt === b.startedAt
}
