import { createHash } from 'node:crypto'
import { realpath } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { isErrno } from './atomic-file.ts'

/** The folder in which labs are recorded. */
export function labsFolder(stateFolder: string = defaultStateFolder()): string {
  return path.join(stateFolder, 'labs')
}

function defaultStateFolder(): string {
  const xdg = process.env['XDG_STATE_HOME']
  if (process.platform === 'win32') return path.join(process.env['LOCALAPPDATA'] ?? os.homedir(), 'squall')
  if (process.platform === 'darwin')
    return path.join(os.homedir(), 'Library', 'Application Support', 'squall')
  // The XDG rules say that a relative path there counts as none.
  const base = xdg && path.isAbsolute(xdg) ? xdg : path.join(os.homedir(), '.local', 'state')
  return path.join(base, 'squall')
}

/** The name of the lab of a folder: the same folder has the same name, whichever way it is written. */
export async function labIdOf(directory: string): Promise<string> {
  return createHash('sha256')
    .update(await realFolder(directory))
    .digest('hex')
    .slice(0, 12)
}

/** The file in which the lab of a folder is recorded. */
export async function recordFileOf(directory: string, labsFolder: string): Promise<string> {
  return path.join(labsFolder, `${await labIdOf(directory)}.json`)
}

async function realFolder(directory: string): Promise<string> {
  try {
    return await realpath(directory)
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return path.resolve(directory)
    throw error
  }
}
