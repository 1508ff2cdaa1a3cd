import { readdirSync, readFileSync } from 'node:fs'

/** Null for anything that cannot be read: processes end while one looks at them, and some are not ours to see. */
export function readProc(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}

/** Every pid this user can see. */
export function allPids(): number[] {
  return readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? [Number(name)] : []))
}

/** Numbers of the files that a process has open; null when they cannot be seen. */
export function openFilesOf(pid: number): readonly number[] | null {
  try {
    return readdirSync(`/proc/${pid}/fd`).map(Number)
  } catch {
    // Ended since it was found, or another user's.
    return null
  }
}
