import { parseLsofOutput } from '../parsers/lsof-output.ts'
import type { PortTable } from '../port-table.ts'
import type { ProcessTable } from '../process-table.ts'
import { confirmedListeners } from './confirmed-listeners.ts'
import { outputOf } from './output-of.ts'

const fields = ['-nPw', '-sTCP:LISTEN', '-F', 'pcuftPnT']

/** The listening sockets of systems without /proc, through `lsof`. Not verified on a real macOS. */
export function lsofPortTable(processes: ProcessTable): PortTable {
  return {
    listeners: async ({ ports }) => {
      if (ports.length === 0) return []
      const look = async () =>
        parseLsofOutput(await outputOf('lsof', [`-iTCP:${ports.join(',')}`, ...fields]))
      return confirmedListeners(look, processes)
    },
  }
}
