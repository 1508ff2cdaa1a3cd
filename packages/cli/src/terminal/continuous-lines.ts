import type { RunEvent } from '@squall/contract'
import type { LogLine } from './describe-event.ts'

/** The reference's lines around a hypothesis that is checked while the method is played. */
export class ContinuousLines {
  readonly #frequency: number
  #isOpen = false

  constructor(frequency: number) {
    this.#frequency = frequency
  }

  /** What is said before the line of an event. */
  before(event: RunEvent): readonly LogLine[] {
    if (event.type === 'hypothesis-started' && event.phase === 'during' && event.check === 1) {
      this.#isOpen = true
      const every = Number.isInteger(this.#frequency) ? this.#frequency.toFixed(1) : this.#frequency
      return [line(`Executing the steady-state hypothesis continuously every ${every} seconds`)]
    }
    if (!this.#isOpen || !comesAfter(event)) return []
    this.#isOpen = false
    return [line('Continuous steady state hypothesis terminated')]
  }
}

/** The last check may end after the method has. */
function comesAfter(event: RunEvent): boolean {
  if (event.type === 'hypothesis-started') return event.phase !== 'during'
  return event.type === 'rollbacks-decided' || event.type === 'run-completed'
}

function line(message: string): LogLine {
  return { level: 'INFO', message }
}
