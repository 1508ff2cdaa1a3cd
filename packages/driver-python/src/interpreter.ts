import { accessSync, constants, statSync } from 'node:fs'
import path from 'node:path'
import { type JsonObject, SquallError } from '@squall/contract'
import type { PythonWorld } from './python-world.ts'

/**
 * The Python to use: the one that was named (`--python`, settings), that of the active virtual environment, else
 * `python3`. Throws `SQUALL_PYTHON_MISSING`.
 */
export function interpreterOf(options: JsonObject, world: PythonWorld): string {
  const named = options['interpreter']
  if (typeof named === 'string' && named !== '') return found(named, find(expandHome(named, world), world))
  const { VIRTUAL_ENV: virtual } = world.environment()
  const inside = virtual ? find(inEnvironment(virtual, world), world) : undefined
  if (inside !== undefined) return inside
  const usual = world.platform === 'win32' ? 'python' : 'python3'
  return found(usual, find(usual, world))
}

function inEnvironment(folder: string, { platform }: PythonWorld): string {
  return platform === 'win32' ? path.join(folder, 'Scripts', 'python') : path.join(folder, 'bin', 'python')
}

function found(interpreter: string, file: string | undefined): string {
  if (file !== undefined) return file
  throw new SquallError('SQUALL_PYTHON_MISSING', { interpreter })
}

/** A name is looked up in the PATH, a path is relative to the working directory. */
function find(name: string, world: PythonWorld): string | undefined {
  const isPath = name.includes('/') || (world.platform === 'win32' && name.includes('\\'))
  const separator = world.platform === 'win32' ? ';' : ':'
  const all = world.environment()['PATH'] ?? '/bin:/usr/bin'
  const folders = isPath ? [''] : all.split(separator)
  const endings = world.platform === 'win32' ? ['', '.exe', '.bat', '.cmd'] : ['']
  return folders
    .flatMap((folder) =>
      endings.map((ending) => path.resolve(world.workingDirectory(), folder, name + ending)),
    )
    .find(canExecute)
}

function canExecute(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return statSync(file).isFile()
  } catch {
    // Not there, or not ours to execute: both mean "look further".
    return false
  }
}

function expandHome(name: string, world: PythonWorld): string {
  const { HOME, USERPROFILE } = world.environment()
  return name.startsWith('~/') ? path.join(HOME ?? USERPROFILE ?? '~', name.slice(2)) : name
}
