import { readFileSync } from 'node:fs'
import { type ProcStat, parseProcStat } from '../parsers/proc-stat.ts'

/** The mark of a process's start: ticks since the machine started, and which start of the machine that was. */
export function startMark({ startTicks }: ProcStat): string {
  return `${startTicks}@${bootMark()}`
}

/** Null when there is no such process, when it has ended, or when it cannot be seen. */
export function readStat(pid: number): ProcStat | null {
  const stat = parseProcStat(readProc(`/proc/${pid}/stat`) ?? '')
  return stat === null || stat.isEnded ? null : stat
}

/** Null for anything that cannot be read: processes end while one looks at them, and some are not ours to see. */
export function readProc(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}

let boot: string | undefined

function bootMark(): string {
  boot ??= (readProc('/proc/sys/kernel/random/boot_id') ?? 'unknown').trim().slice(0, 8)
  return boot
}
