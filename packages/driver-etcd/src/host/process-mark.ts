import { readFileSync } from 'node:fs'

/** A process by its pid and the moment it began, in ticks since the machine started: pids are used again. */
export interface ProcessMark {
  readonly pid: number
  readonly startedAt: string
}

/** The mark of a living process. A zombie has ended. */
export function markOf(pid: number): ProcessMark | undefined {
  const stat = contentOf(pid)
  // The name stands in parentheses and may hold anything, also parentheses and blanks.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const [state, startedAt] = [fields[0], fields[19]]
  return state === 'Z' || state === 'X' || startedAt === undefined ? undefined : { pid, startedAt }
}

export function isAlive({ pid, startedAt }: ProcessMark): boolean {
  return markOf(pid)?.startedAt === startedAt
}

/** Sends a signal to that very process; false when it is gone. */
export function send(mark: ProcessMark, signal: NodeJS.Signals): boolean {
  if (mark.pid <= 1 || mark.pid === process.pid || !isAlive(mark)) return false
  try {
    process.kill(mark.pid, signal)
    return true
  } catch (error) {
    // It ended in this very moment.
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false
    throw error
  }
}

function contentOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8')
  } catch {
    // Whatever keeps it from being read (ENOENT, ESRCH): there is no such process.
    return ''
  }
}
