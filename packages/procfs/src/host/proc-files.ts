import { readdirSync, readFileSync, readlinkSync } from 'node:fs'

/** Null for anything that cannot be read: processes end while one looks at them, and some are not ours to see. */
export function readProc(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}

/** Where a link points to; null as for `readProc`. */
export function readProcLink(path: string): string | null {
  try {
    return readlinkSync(path)
  } catch {
    return null
  }
}

/** The numbers of the files that a process has open; null as for `readProc`. */
export function openFilesOf(pid: number): readonly number[] | null {
  try {
    return readdirSync(`/proc/${pid}/fd`).map(Number)
  } catch {
    return null
  }
}

/** Every pid this user can see. */
export function allPids(): number[] {
  return readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? [Number(name)] : []))
}
