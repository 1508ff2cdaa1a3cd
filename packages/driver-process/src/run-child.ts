import type { Command } from './command.ts'

/** The variable that marks a child, and everything it starts, in their environment. */
export const tagVariable = 'SQUALL_UNDO_TAG'

/** A child to start, and when to end it. */
export interface ChildRequest {
  readonly command: Command
  readonly tag: string
  /** Absent: as long as it takes. */
  readonly timeoutMs?: number
  /** Time between SIGTERM and SIGKILL when the child has to end. Absent: SIGKILL at once. */
  readonly graceMs?: number
  readonly signal: AbortSignal
  /** Told the pid once the child runs. */
  readonly onStart?: (pid: number) => void
}

/** How a child ended. */
export type ChildEnd =
  | {
      readonly kind: 'exited'
      /** The exit code, or minus the number of the signal that killed it. */
      readonly status: number
      readonly stdout: Uint8Array
      readonly stderr: Uint8Array
    }
  | {
      readonly kind: 'timed-out' | 'aborted'
      /** Whether all of it was seen to be gone; a process that got SIGKILL may take a moment. */
      readonly gone: boolean
      /** Pids that squall may not end. */
      readonly refused: readonly number[]
    }

/** Starts a child and sees it through to its end. Rejects when it cannot be started. */
export type RunChild = (request: ChildRequest) => Promise<ChildEnd>
