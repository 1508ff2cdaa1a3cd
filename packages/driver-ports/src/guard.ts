import type { ProcessIdentity } from '@squall/contract'
import { objectionTo, objectionToPid } from '@squall/procfs'
import { isSameProcess, type ProcessFacts, type SignalName } from './process-table.ts'
import type { System } from './system.ts'

/** Every rule on what must never be touched, and the only way to a signal for actions. */
export interface Guard {
  /** Why this pid must not be touched whatever runs there, or null. */
  objectionToPid(pid: number): string | null
  /** Why this process must not be touched, or null. */
  objection(facts: ProcessFacts): string | null
  /** Looks at the process afresh, asks every rule again and then sends the signal. */
  signal(target: ProcessIdentity, signal: SignalName): Promise<GuardedSignal>
}

export type GuardedSignal =
  | { readonly status: 'sent' }
  | { readonly status: 'gone' }
  | { readonly status: 'refused'; readonly reason: string }

/** Raises the guard for one activity: finds the ancestors of squall and asks what else is protected. */
export async function raiseGuard(system: System, rules: { readonly otherUsers: boolean }): Promise<Guard> {
  const { self, systemPids } = system.processes
  const { otherUsers } = rules
  const ancestors = await ancestorsOf(system)
  const userName = (uid: number): string => system.processes.userName(uid)
  const all = { self, systemPids, ancestors, protectedPids: system.protectedPids(), otherUsers, userName }
  const objection = (facts: ProcessFacts): string | null => objectionTo(facts, all)

  return {
    objectionToPid: (pid) => objectionToPid(pid, all),
    objection,
    signal: (target, signal) => signalUnder(system, objection, target, signal),
  }
}

async function signalUnder(
  { processes }: System,
  objection: Guard['objection'],
  target: ProcessIdentity,
  signal: SignalName,
): Promise<GuardedSignal> {
  const now = await processes.find(target.pid)
  if (now === null) return { status: 'gone' }
  if (!isSameProcess(now, target)) {
    return { status: 'refused', reason: 'the process found first has ended and its pid is in use again' }
  }
  const reason = objection(now)
  if (reason !== null) return { status: 'refused', reason }
  const delivery = await processes.signal(target, signal)
  return delivery === 'not permitted'
    ? { status: 'refused', reason: 'the system does not permit it' }
    : { status: delivery }
}

async function ancestorsOf({ processes }: System): Promise<ReadonlySet<number>> {
  const ancestors = new Set<number>()
  let facts = await processes.find(processes.self.pid)
  while (facts !== null && facts.parent > 0 && !ancestors.has(facts.parent)) {
    ancestors.add(facts.parent)
    facts = await processes.find(facts.parent)
  }
  return ancestors
}
