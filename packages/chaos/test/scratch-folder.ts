import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { onTestFinished } from 'vitest'

/** A folder of a test's own, removed when the test is over. */
export async function scratchFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'squall-chaos-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}
