import { existsSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/** How often a run looks whether it was told to stop. */
const lookEveryMs = 200

/** Calls `stop` once, as soon as one of the files is there: at once where one is already. Returns how to look no longer. */
export function watchStopFiles(files: readonly string[], stop: () => void): () => void {
  const isThere = (): boolean => files.some((file) => existsSync(file))
  if (isThere()) {
    stop()
    return () => undefined
  }
  const timer = setInterval(() => {
    if (!isThere()) return
    clearInterval(timer)
    stop()
  }, lookEveryMs)
  timer.unref()
  return () => clearInterval(timer)
}

/** The file by which any shell of this user tells a run to stop. */
export function stopFileOf(runFolder: string): string {
  return path.join(runFolder, 'stop')
}

/**
 * Tells the run whose log lies in `folder` to stop: everything is ended, undone and written down. Resolves to false when
 * that run has ended meanwhile.
 */
export async function stopRun(folder: string): Promise<boolean> {
  try {
    writeFileSync(stopFileOf(folder), '', { mode: 0o600 })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false
    throw error
  }
}
