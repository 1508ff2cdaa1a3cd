import type { ProcessIdentity } from '@squall/contract'
import type { SignalDelivery } from '@squall/procfs'
import type { DebugAddress } from './debug-address.ts'

/** What the driver needs to know of the processes of this machine. */
export interface ProcessTable {
  /** squall's own process and user. */
  readonly self: { readonly pid: number; readonly uid: number }
  /** Null when there is no such process, when it has ended, or when this user cannot see it. */
  find(pid: number): ProcessFacts | null
  /** TCP ports on which the process listens, with their addresses: those it opened first come first. */
  listening(pid: number): readonly ListeningSocket[]
  /**
   * Who listens on a TCP port of this machine's own network, or so that nobody else can on this address; null when nobody
   * does or it cannot be seen.
   */
  listenerOf(port: number, address?: string): number | null
  /** Asks exactly this process to start its inspector: the start time is compared immediately before. */
  wake(target: ProcessIdentity): SignalDelivery
}

export interface ListeningSocket {
  readonly address: string
  readonly port: number
}

/** A process as the system shows it at one moment. */
export interface ProcessFacts extends ProcessIdentity {
  readonly parent: number
  readonly uid: number
  /** The whole command line. */
  readonly command: string
  /** Name of the file that runs, without its folder. */
  readonly program: string
  /** Whether SIGUSR1 is handled; it ends a process that does not. */
  readonly handlesWake: boolean
  /** Where SIGUSR1 opens the inspector. */
  readonly debug: DebugAddress
  /** Whether it is in squall's own network namespace. */
  readonly isReachable: boolean
  readonly isStopped: boolean
}

/** Tells whether two records mean the same process: a pid alone is used again. */
export function isSameProcess(a: ProcessIdentity, b: ProcessIdentity): boolean {
  return a.pid === b.pid && a.startedAt === b.startedAt
}
