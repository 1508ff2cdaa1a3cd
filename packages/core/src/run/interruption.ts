import { SquallError } from '@squall/contract'

/** Who may ask a run to end early, and how (spec 14). */
export type InterruptedBy = 'SIGINT' | 'SIGTERM' | 'SIGUSR1' | 'SIGUSR2' | 'abort'

export class RunInterrupted extends SquallError<'SQUALL_RUN_INTERRUPTED'> {
  override readonly name: string = 'RunInterrupted'

  constructor(by: string) {
    super('SQUALL_RUN_INTERRUPTED', { reason: by })
  }
}

export function isInterruption(error: unknown): error is RunInterrupted {
  return error instanceof RunInterrupted
}

/**
 * Carries requests to end a run. The first one ends the foreground activity only: background work is awaited. A second
 * one, or SIGUSR2, ends everything.
 */
export class Interruption {
  #foreground = new AbortController()
  readonly #background = new AbortController()
  readonly #announce: (by: string) => void
  #requests = 0
  #skipsRollbacks = false

  constructor(announce: (by: string) => void) {
    this.#announce = announce
  }

  request(by: InterruptedBy): void {
    this.#requests += 1
    if (by === 'SIGUSR2') this.#skipsRollbacks = true
    this.#announce(by)
    const reason = new RunInterrupted(by)
    this.#foreground.abort(reason)
    if (this.#requests > 1 || by === 'SIGUSR2') this.#background.abort(reason)
  }

  get requested(): boolean {
    return this.#requests > 0
  }

  /** SIGUSR2: rollbacks are not played whatever the strategy. */
  get skipsRollbacks(): boolean {
    return this.#skipsRollbacks
  }

  /** Ends what the run is waiting for right now. */
  get foreground(): AbortSignal {
    return this.#foreground.signal
  }

  /** Ends background work and the continuous hypothesis. */
  get background(): AbortSignal {
    return this.#background.signal
  }

  /** Rollbacks after an interruption start anew: only a further request ends them. */
  renewForeground(): void {
    if (this.#background.signal.aborted) return
    this.#foreground = new AbortController()
  }

  throwIfRequested(): void {
    this.#foreground.signal.throwIfAborted()
  }
}
