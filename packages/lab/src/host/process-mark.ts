import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { promisify } from 'node:util'
import { LabError } from '../lab-error.ts'
import { type ProcessMark, sameProcess } from '../lab-record.ts'

const run = promisify(execFile)

/** The mark of a living process; undefined when there is none. A zombie has ended. */
export async function markOf(pid: number): Promise<ProcessMark | undefined> {
  const startedAt = process.platform === 'linux' ? linuxStart(pid) : await foreignStart(pid)
  return startedAt === undefined ? undefined : { pid, startedAt }
}

/** Tells whether this very process still runs, and not a later one with the same pid. */
export async function isRunning(mark: ProcessMark): Promise<boolean> {
  return (await markOf(mark.pid))?.startedAt === mark.startedAt
}

/** Those of the processes that still run, each once. */
export async function runningOf<Mark extends ProcessMark>(marks: readonly Mark[]): Promise<Mark[]> {
  const distinct = marks.filter((one, index) => marks.findIndex((other) => sameProcess(one, other)) === index)
  const running = await Promise.all(distinct.map(isRunning))
  return distinct.filter((_, index) => running[index])
}

let ownMark: ProcessMark | undefined

export async function markOfSelf(): Promise<ProcessMark> {
  ownMark ??= await markOf(process.pid)
  if (ownMark) return ownMark
  throw new LabError(
    'LAB_START_FAILED',
    'The lab cannot learn when its own process began.',
    'It reads /proc on Linux, and asks `ps` or PowerShell elsewhere: see that these work.',
  )
}

function linuxStart(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    // The command name stands in parentheses and may itself hold spaces and parentheses.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const [state, ticks] = [fields[0], fields[19]]
    return state === 'Z' || state === 'X' || ticks === undefined ? undefined : `${bootId()}/${ticks}`
  } catch {
    // Whatever keeps the entry from being read (ENOENT, ESRCH): there is no such process.
    return undefined
  }
}

let boot: string | undefined

/** Ticks count from the start of the machine, so they only mean something together with it. */
function bootId(): string {
  try {
    boot ??= readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').slice(0, 8)
  } catch {
    // Some sandboxes hide it. Marks then hold until the next start of the machine.
    boot = ''
  }
  return boot
}

async function foreignStart(pid: number): Promise<string | undefined> {
  const [command, args] =
    process.platform === 'win32'
      ? ['powershell', ['-NoProfile', '-Command', `(Get-Process -Id ${pid}).StartTime.Ticks`]]
      : ['ps', ['-o', 'lstart=', '-p', String(pid)]]
  try {
    const { stdout } = await run(command as string, args as string[])
    return stdout.trim() || undefined
  } catch {
    // Both tools fail when there is no such process.
    return undefined
  }
}
