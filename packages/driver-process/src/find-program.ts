import { accessSync, constants, statSync } from 'node:fs'
import path from 'node:path'

export interface ProgramWorld {
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly platform: string
}

/**
 * Where a program is: a name is looked up in the PATH, a path is taken as it is. Undefined when nothing there can be
 * executed. A relative answer is relative to the working directory.
 */
export function findProgram(name: string, world: ProgramWorld): string | undefined {
  const endings = endingsOf(name, world)
  const folders = isPath(name, world) ? [''] : foldersOf(world)
  for (const folder of folders) {
    for (const ending of endings) {
      const candidate = folder === '' ? name + ending : path.join(folder, name + ending)
      if (canExecute(candidate)) return candidate
    }
  }
  return undefined
}

/** Replaces a leading `~` by the home folder. `~name` stays as it is. */
export function expandHome(name: string, world: ProgramWorld): string {
  const home = world.environment['HOME'] ?? world.environment['USERPROFILE']
  return home && /^~(?=\/|\\|$)/.test(name) ? home + name.slice(1) : name
}

function isPath(name: string, world: ProgramWorld): boolean {
  return name.includes('/') || (world.platform === 'win32' && name.includes('\\'))
}

function foldersOf(world: ProgramWorld): string[] {
  if (world.platform === 'win32') return ['.', ...(world.environment['PATH'] ?? '').split(';')]
  const all = world.environment['PATH'] ?? '/bin:/usr/bin'
  return all === '' ? [] : all.split(':')
}

function endingsOf(name: string, world: ProgramWorld): string[] {
  if (world.platform !== 'win32') return ['']
  const known = (world.environment['PATHEXT'] ?? '.COM;.EXE;.BAT;.CMD').split(';')
  return known.some((ending) => name.toLowerCase().endsWith(ending.toLowerCase())) ? [''] : known
}

function canExecute(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return !statSync(file).isDirectory()
  } catch {
    // Not there, or not ours to execute: both mean "look further".
    return false
  }
}
