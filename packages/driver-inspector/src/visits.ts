import type { ProcessIdentity } from '@squall/contract'

interface Visit {
  count: number
  /** Whether the inspector is squall's to close. */
  closes: boolean
}

/**
 * Who of this driver is attached to a process right now. The inspector they share is closed by the last one to leave, and
 * nobody comes while another one opens or closes it.
 */
export class Visits {
  readonly #open = new Map<string, Visit>()
  readonly #doors = new Map<string, Promise<unknown>>()

  /** Runs one task at a time for each process. */
  async inTurn<Result>(process: ProcessIdentity, task: () => Promise<Result>): Promise<Result> {
    const key = keyOf(process)
    const before = this.#doors.get(key) ?? Promise.resolve()
    const mine = before.then(task)
    const settled = mine.catch(() => undefined)
    this.#doors.set(key, settled)
    try {
      return await mine
    } finally {
      if (this.#doors.get(key) === settled) this.#doors.delete(key)
    }
  }

  enter(process: ProcessIdentity, closes: boolean): void {
    const visit = this.#open.get(keyOf(process)) ?? { count: 0, closes: false }
    visit.count += 1
    visit.closes ||= closes
    this.#open.set(keyOf(process), visit)
  }

  /** Whether the inspector is squall's to close; undefined while another one of this driver stays. */
  leave(process: ProcessIdentity): boolean | undefined {
    const visit = this.#open.get(keyOf(process))
    if (!visit) return undefined
    visit.count -= 1
    if (visit.count > 0) return undefined
    this.#open.delete(keyOf(process))
    return visit.closes
  }
}

function keyOf({ pid, startedAt }: ProcessIdentity): string {
  return `${pid}@${startedAt}`
}
