import { readdirSync, readFileSync, readlinkSync } from 'node:fs'

/** Null for anything that cannot be read: processes end while one looks at them, and some are not ours to see. */
export function readProc(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}

/** Null as for `readProc`. */
export function readLink(path: string): string | null {
  try {
    return readlinkSync(path)
  } catch {
    return null
  }
}

/** Every pid this user can see. */
export function allPids(): number[] {
  return readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? [Number(name)] : []))
}

/** The sockets a process holds, as `socket:[INODE]`. */
export function socketsOf(pid: number): ReadonlySet<string> {
  try {
    const links = readdirSync(`/proc/${pid}/fd`).map((name) => readLink(`/proc/${pid}/fd/${name}`))
    return new Set(links.filter((link) => link !== null))
  } catch {
    // Ended since it was listed, or another user's.
    return new Set()
  }
}
