import { existsSync, mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

export const newFolder = (): string => mkdtempSync(path.join(tmpdir(), 'driver-process-'))

/** Whether a process runs; a zombie does not. */
export function isAlive(pid: number): boolean {
  try {
    return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return false
  }
}

export async function until(holds: () => boolean, limitMs = 10_000): Promise<void> {
  const deadline = performance.now() + limitMs
  while (!holds()) {
    if (performance.now() > deadline) throw new Error(`Not within ${limitMs} ms: ${holds}`)
    await delay(5)
  }
}

/** The pids a fixture wrote down, as soon as it did. */
export async function pidsIn(file: string): Promise<number[]> {
  await until(() => existsSync(file) && readFileSync(file, 'utf8').endsWith('\n'))
  return readFileSync(file, 'utf8').trim().split(' ').map(Number)
}
