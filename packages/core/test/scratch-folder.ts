import { mkdtemp, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll } from 'vitest'

/** A new empty folder that is removed after the tests of the file. */
export async function scratchFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(await realpath(tmpdir()), 'squall-core-'))
  afterAll(() => rm(folder, { recursive: true, force: true }))
  return folder
}
