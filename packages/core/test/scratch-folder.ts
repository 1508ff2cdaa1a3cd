import { mkdtemp, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll } from 'vitest'

const made: string[] = []
// Said while the file is read: inside a test it would be too late.
afterAll(() => Promise.all(made.map((folder) => rm(folder, { recursive: true, force: true }))))

/** A new empty folder that is removed after the tests of the file. */
export async function scratchFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(await realpath(tmpdir()), 'squall-core-'))
  made.push(folder)
  return folder
}
