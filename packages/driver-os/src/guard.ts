import type { ActivityContext } from '@squall/contract'
import { ancestorsOf, objectionTo as objection } from '@squall/procfs'
import type { ProcessFacts, ProcessTable } from './process-table.ts'

/** Every reason not to touch a process, or null. */
export function objectionTo(
  facts: ProcessFacts,
  { self, find }: ProcessTable,
  { protectedPids }: Pick<ActivityContext, 'protectedPids'>,
  otherUsers: boolean,
): string | null {
  const ancestors = ancestorsOf(self.pid, (pid) => find(pid)?.parent)
  return objection(facts, { self, ancestors, protectedPids, otherUsers })
}
