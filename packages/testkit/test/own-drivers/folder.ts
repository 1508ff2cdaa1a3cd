import { mkdtemp, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

/** A new folder for one target. */
export async function newFolder(): Promise<{ readonly folder: string; remove(): Promise<void> }> {
  const folder = await realpath(await mkdtemp(path.join(tmpdir(), 'squall-own-driver-')))
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) }
}
