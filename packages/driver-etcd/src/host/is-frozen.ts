import { readFileSync } from 'node:fs'

/** Whether the process was stopped by a signal. */
export function isFrozen(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat[stat.lastIndexOf(')') + 2] === 'T'
  } catch {
    // It is gone.
    return false
  }
}
