import { isSameUser, type ProcessTable } from './process-table.ts'
import { commandText } from './victim.ts'

/** The frozen processes of this user, for the audit after a run. */
export async function pausedProcesses(processes: ProcessTable): Promise<readonly string[]> {
  const all = await processes.list()
  return all
    .filter((process) => process.isStopped === true && isSameUser(process, processes.self.uid))
    .map((process) => `pid ${process.pid} (${commandText(process)}) is paused`)
}
