import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { promisify } from 'node:util'

/** An opaque mark of when a process began; null when it is not there. */
export async function startOf(pid: number): Promise<string | null> {
  return process.platform === 'linux' ? linuxStart(pid) : psStart(pid)
}

function linuxStart(pid: number): string | null {
  const stat = read(`/proc/${pid}/stat`)
  // The name of the program may hold anything: it ends at the last parenthesis. Then state is field 3, the start is field 22.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  if (stat === '' || ['Z', 'X', 'x'].includes(fields[0] ?? '')) return null
  return `${fields[19]}@${read('/proc/sys/kernel/random/boot_id').slice(0, 8)}`
}

async function psStart(pid: number): Promise<string | null> {
  // `ps` ends with 1 when there is no such process.
  const said = await promisify(execFile)('ps', ['-o', 'lstart=', '-p', String(pid)]).catch(() => null)
  return said?.stdout.trim() || null
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    // Gone, or ended since.
    return ''
  }
}
