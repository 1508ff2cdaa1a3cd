import type { ProcessIdentity } from '@squall/contract'
import { isSameProcess, type ProcessTable } from './process-table.ts'
import { commandText } from './victim.ts'

/**
 * Remembers what the driver paused, for the audit after a run. What others paused meanwhile, by hand or in a run beside
 * this one, is none of its business.
 */
export class PausedProcesses {
  readonly #paused: ProcessIdentity[] = []

  add({ pid, startedAt }: ProcessIdentity): void {
    this.#paused.push({ pid, startedAt })
  }

  /** Names those that are still paused. */
  async stillPaused(processes: ProcessTable): Promise<readonly string[]> {
    const named = new Map<number, string>()
    for (const identity of this.#paused) {
      const facts = await processes.find(identity.pid)
      if (facts?.isStopped !== true || !isSameProcess(facts, identity)) continue
      named.set(facts.pid, `pid ${facts.pid} (${commandText(facts)}) is paused`)
    }
    return [...named.values()]
  }
}
