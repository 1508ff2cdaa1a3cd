import { existsSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/** How often a run looks whether it was told to stop. */
const lookEveryMs = 200

/** Calls `stop` once when one of the files is there. Returns how to look no longer. */
export function watchStopFiles(files: readonly string[], stop: () => void): () => void {
  const timer = setInterval(() => {
    if (!files.some((file) => existsSync(file))) return
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

/** Tells the run whose log lies in `folder` to stop: everything is ended, undone and written down. */
export async function stopRun(folder: string): Promise<void> {
  writeFileSync(stopFileOf(folder), '', { mode: 0o600 })
}
