import type { ProcessIdentity } from '@squall/contract'
import type { SignalDelivery } from '@squall/procfs'

/** Knows the processes of this machine and sends signals to them. */
export interface ProcessTable {
  /** squall's own process and user; `uid` is null where the system has no user ids. */
  readonly self: { readonly pid: number; readonly uid: number | null }
  /** Pids that belong to the system itself and are never touched. */
  readonly systemPids: readonly number[]
  /** Whether a process can be stopped and continued here. */
  readonly canPause: boolean
  list(): Promise<readonly ProcessFacts[]>
  /** Null when there is no such process, when it has ended, or when this user cannot see it. */
  find(pid: number): Promise<ProcessFacts | null>
  /**
   * Sends a signal to exactly this process: the start time is compared immediately before. Only `guard.ts` and the
   * undo call it.
   */
  signal(target: ProcessIdentity, signal: SignalName): Promise<SignalDelivery>
  /** The user's name, or its number as text. */
  userName(uid: number): string
}

/** A process as the system shows it at one moment. */
export interface ProcessFacts extends ProcessIdentity {
  readonly parent: number
  /** Null where the system does not tell. */
  readonly uid: number | null
  /** Name of the program; Linux cuts it off after 15 characters. */
  readonly name: string
  /** The whole command line; empty where it cannot be read. */
  readonly command: string
  /** Whether it is frozen by SIGSTOP; null where the system does not tell. */
  readonly isStopped: boolean | null
  readonly isKernelThread: boolean
}

/** Signals that end a process unless it handles them otherwise. */
export const endingSignals = [
  'SIGTERM',
  'SIGKILL',
  'SIGINT',
  'SIGHUP',
  'SIGQUIT',
  'SIGABRT',
  'SIGUSR1',
  'SIGUSR2',
] as const

/** A signal that ends a process unless it handles it otherwise. */
export type EndingSignal = (typeof endingSignals)[number]
/** Every signal the driver sends. */
export type SignalName = EndingSignal | 'SIGSTOP' | 'SIGCONT'

/** Tells whether two records mean the same process: a pid alone is used again. */
export function isSameProcess(a: ProcessIdentity, b: ProcessIdentity): boolean {
  return a.pid === b.pid && a.startedAt === b.startedAt
}

/** Systems without user ids have one user. */
export function isSameUser({ uid }: ProcessFacts, self: number | null): boolean {
  return self === null || uid === self
}
