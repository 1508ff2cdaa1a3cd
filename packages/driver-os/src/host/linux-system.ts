import { randomUUID } from 'node:crypto'
import { accessSync, constants, existsSync } from 'node:fs'
import path from 'node:path'
import type { OsSystem } from '../os-system.ts'
import { linuxControlGroups } from './linux-control-groups.ts'
import { linuxProcessTable } from './linux-process-table.ts'
import { nodeFiles } from './node-files.ts'
import { systemReadings } from './system-readings.ts'
import { taggedChildren } from './tagged-children.ts'

/** This machine. */
export const linuxSystem: OsSystem = {
  processes: linuxProcessTable,
  children: taggedChildren,
  files: nodeFiles,
  groups: linuxControlGroups,
  readings: systemReadings,
  programPath,
  clockLibrary,
  newId: () => randomUUID(),
}

function programPath(name: string): string | null {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter)
  return folders.map((folder) => path.join(folder, name)).find(isExecutable) ?? null
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** Where distributions put it: Debian by architecture, others below lib or lib64. */
function clockLibrary(): string | null {
  const architecture = { x64: 'x86_64', arm64: 'aarch64' }[process.arch as string] ?? process.arch
  const roots = [`/usr/lib/${architecture}-linux-gnu`, '/usr/lib64', '/usr/lib', '/usr/local/lib']
  const names = ['libfaketimeMT.so.1', 'libfaketime.so.1']
  return (
    roots
      .flatMap((root) => names.map((name) => `${root}/faketime/${name}`))
      .find((file) => existsSync(file)) ?? null
  )
}
