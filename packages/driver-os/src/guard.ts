import type { ActivityContext } from '@squall/contract'
import type { ProcessFacts, ProcessTable } from './process-table.ts'

/** Every reason not to touch a process, or null. */
export function objectionTo(
  facts: ProcessFacts,
  processes: ProcessTable,
  { protectedPids = [] }: Pick<ActivityContext, 'protectedPids'>,
  otherUsers: boolean,
): string | null {
  const { pid, uid } = facts
  if (pid <= 1) return 'it belongs to the system itself'
  if (facts.isKernelThread) return 'it is a thread of the kernel'
  if (pid === processes.self.pid) return 'it is squall itself'
  if (ancestorsOf(processes).has(pid)) return 'squall was started by it'
  if (protectedPids.includes(pid)) return 'it is needed to put things back'
  if (uid !== processes.self.uid && !otherUsers) return `it is owned by another user (uid ${uid})`
  return null
}

function ancestorsOf({ self, find }: ProcessTable): ReadonlySet<number> {
  const ancestors = new Set<number>()
  for (let facts = find(self.pid); facts && facts.parent > 0 && !ancestors.has(facts.parent); ) {
    ancestors.add(facts.parent)
    facts = find(facts.parent)
  }
  return ancestors
}
