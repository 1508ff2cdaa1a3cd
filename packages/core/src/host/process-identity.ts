import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import type { ProcessIdentity } from '@squall/contract'

/** The identity of a process that runs now, or undefined when there is none of that pid. */
export function identityOf(pid: number): ProcessIdentity | undefined {
  const startedAt = process.platform === 'linux' ? startTicks(pid) : startText(pid)
  return startedAt === undefined ? undefined : { pid, startedAt }
}

/** This process. */
export function ownIdentity(): ProcessIdentity {
  return identityOf(process.pid) ?? { pid: process.pid, startedAt: 'unknown' }
}

/** Whether exactly this process still runs: its pid may have gone to another one. A zombie counts as gone. */
export function isAlive({ pid, startedAt }: ProcessIdentity): boolean {
  return identityOf(pid)?.startedAt === startedAt
}

/** Field 22 of /proc/PID/stat: the start in clock ticks since boot. The name in field 2 may hold blanks and brackets. */
function startTicks(pid: number): string | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const [state, ...fields] = text.slice(text.lastIndexOf(')') + 2).split(' ')
    return state === 'Z' || state === 'X' ? undefined : fields[18]
  } catch {
    // No such process.
    return undefined
  }
}

function startText(pid: number): string | undefined {
  if (process.platform === 'win32') return isThere(pid) ? 'unknown' : undefined
  try {
    return (
      execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8', stdio: 'pipe' }).trim() ||
      undefined
    )
  } catch {
    // `ps` exits with 1 when there is no such process.
    return undefined
  }
}

/** Windows has no cheap way to tell when a process began. */
function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
