import { parseNetstatOutput } from '../parsers/netstat-output.ts'
import type { PortTable } from '../port-table.ts'
import type { ProcessTable } from '../process-table.ts'
import { confirmedListeners } from './confirmed-listeners.ts'
import { outputOf } from './output-of.ts'

/** The listening sockets of Windows, through `netstat -ano`. Not verified on a real system. */
export function netstatPortTable(processes: ProcessTable): PortTable {
  return {
    listeners: async ({ ports }) => {
      const look = async () =>
        parseNetstatOutput(await outputOf('netstat', ['-ano']))
          .filter(({ port }) => ports.includes(port))
          .map((row) => ({ ...row, uid: null }))
      return confirmedListeners(look, processes)
    },
  }
}
