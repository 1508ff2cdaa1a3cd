import { allPids, readProcess, signalProcess } from '@squall/procfs'
import type { ProcessFacts, ProcessTable } from '../process-table.ts'
import { selfIdentity } from './self.ts'
import { userNames } from './user-names.ts'

/** The processes of a Linux machine, read from /proc: needs no program such as `ps`. */
export function linuxProcessTable(): ProcessTable {
  return {
    self: selfIdentity(),
    systemPids: [0, 1],
    canPause: true,
    list: async () => allPids().flatMap((pid) => factsOf(pid) ?? []),
    find: async (pid) => factsOf(pid),
    signal: async (target, signal) => signalProcess(target, signal),
    userName: userNames(),
  }
}

function factsOf(pid: number): ProcessFacts | null {
  const found = readProcess(pid)
  if (found === null) return null
  const { startedAt, uid, words, stat } = found
  const { parent, name, isStopped, isKernelThread } = stat
  return { pid, startedAt, parent, uid, name, command: words.join(' '), isStopped, isKernelThread }
}
