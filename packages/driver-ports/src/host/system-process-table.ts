import type { ProcessTable } from '../process-table.ts'
import { linuxProcessTable } from './linux-process-table.ts'
import { psProcessTable } from './ps-process-table.ts'

/** Chooses the process table of this machine: /proc on Linux, `ps-list` elsewhere. */
export function systemProcessTable(): ProcessTable {
  return process.platform === 'linux' ? linuxProcessTable() : psProcessTable(process.platform)
}
