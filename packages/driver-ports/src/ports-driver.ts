import { defineDriver } from '@squall/contract'
import { countProcesses } from './activities/count-processes.ts'
import { getPorts } from './activities/get-ports.ts'
import { isListening } from './activities/is-listening.ts'
import { kill } from './activities/kill.ts'
import { killServices } from './activities/kill-services.ts'
import { killServicesByPorts } from './activities/kill-services-by-ports.ts'
import { pause } from './activities/pause.ts'
import { resume } from './activities/resume.ts'
import { whoListens } from './activities/who-listens.ts'
import { systemPortTable } from './host/system-port-table.ts'
import { systemProcessTable } from './host/system-process-table.ts'
import { PausedProcesses } from './paused-processes.ts'
import type { PortTable } from './port-table.ts'
import type { ProcessTable } from './process-table.ts'
import { undoResume } from './undo-resume.ts'

export interface PortsDriverOptions {
  /** Pids that must stay alive besides squall and its ancestors, such as its watchdog. Asked before each activity. */
  readonly protectedPids?: () => readonly number[]
}

/** Makes the driver `ports` over a port table and a process table; by default those of this machine. */
export function portsDriver(
  ports: PortTable = systemPortTable(),
  processes: ProcessTable = systemProcessTable(),
  { protectedPids = () => [] }: PortsDriverOptions = {},
) {
  const paused = new PausedProcesses()
  const system = { ports, processes, protectedPids, paused }
  return defineDriver({
    name: 'ports',
    contract: 1,
    summary: 'Finds, kills, pauses and resumes what listens on a port.',
    activities: {
      kill_services: killServices(system),
      kill_services_by_ports: killServicesByPorts(system),
      kill: kill(system),
      pause: pause(system),
      resume: resume(system),
      get_ports: getPorts(),
      who_listens: whoListens(system),
      is_listening: isListening(system),
      count_processes: countProcesses(system),
    },
    undo: { resume: undoResume(processes) },
    residue: () => paused.stillPaused(processes),
    privileges: ['root, or the same user, for the processes to be touched'],
  })
}
