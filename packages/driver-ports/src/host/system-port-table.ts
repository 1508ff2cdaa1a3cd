import type { PortTable } from '../port-table.ts'
import type { ProcessTable } from '../process-table.ts'
import { linuxPortTable } from './linux-port-table.ts'
import { lsofPortTable } from './lsof-port-table.ts'
import { netstatPortTable } from './netstat-port-table.ts'
import { systemProcessTable } from './system-process-table.ts'

/** Chooses the port table of this machine: /proc on Linux, `netstat` on Windows, `lsof` elsewhere. */
export function systemPortTable(processes: ProcessTable = systemProcessTable()): PortTable {
  if (process.platform === 'linux') return linuxPortTable()
  return process.platform === 'win32' ? netstatPortTable(processes) : lsofPortTable(processes)
}
