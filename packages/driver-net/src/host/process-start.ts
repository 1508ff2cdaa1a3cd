import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { identityOf } from '@squall/procfs'

/** An opaque mark of when a process began; null when it is not there. */
export async function startOf(pid: number): Promise<string | null> {
  return process.platform === 'linux' ? (identityOf(pid)?.startedAt ?? null) : psStart(pid)
}

async function psStart(pid: number): Promise<string | null> {
  // `ps` ends with 1 when there is no such process.
  const said = await promisify(execFile)('ps', ['-o', 'lstart=', '-p', String(pid)]).catch(() => null)
  return said?.stdout.trim() || null
}
