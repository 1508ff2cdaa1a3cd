export interface ProcessRow {
  readonly pid: number
  readonly parent: number
  /** Absent where the system's table does not name it. */
  readonly session?: number
  readonly startedAt: string
  /** A zombie: it has ended, and waits for its parent to notice. */
  readonly ended: boolean
}

/** What runs on this machine. */
export interface ProcessTable {
  /** The process that asks. */
  readonly own: number
  rows(): Promise<readonly ProcessRow[]>
  /** Whether the process was started with this tag in its environment; false where that cannot be read. */
  carries(tag: string, pid: number): boolean
  /** Sends SIGKILL. */
  kill(pid: number): 'sent' | 'gone' | 'refused'
}
