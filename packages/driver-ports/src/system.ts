import type { PausedProcesses } from './paused-processes.ts'
import type { PortTable } from './port-table.ts'
import type { ProcessTable } from './process-table.ts'

/** What the activities know of the machine. */
export interface System {
  readonly ports: PortTable
  readonly processes: ProcessTable
  /** Pids that must stay alive besides squall and its ancestors, such as its watchdog; asked before each activity. */
  readonly protectedPids: () => readonly number[]
  readonly paused: PausedProcesses
}
