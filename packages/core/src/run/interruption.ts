import { setMaxListeners } from 'node:events'
import { SquallError } from '@squall/contract'

/** Who may ask a run to end early, and how (spec 14). */
export type InterruptedBy =
  | 'SIGINT'
  | 'SIGTERM'
  | 'SIGUSR1'
  | 'SIGUSR2'
  | 'abort'
  | 'a stop request'
  | 'its maximum duration'

export class RunInterrupted extends SquallError<'SQUALL_RUN_INTERRUPTED'> {
  override readonly name: string = 'RunInterrupted'

  constructor(by: string) {
    super('SQUALL_RUN_INTERRUPTED', { reason: by })
  }
}

export function isInterruption(error: unknown): error is RunInterrupted {
  return error instanceof RunInterrupted
}

/** How far a run has come: its checks and method, its rollbacks, its undoing, the check after that, the last hooks of its controls. */
export type RunStage = 'playing' | 'rolling back' | 'undoing' | 'looking again' | 'finishing'

/**
 * Carries requests to end a run. The first one ends the foreground activity only: background work is awaited. A second
 * one, SIGUSR2, a stop request or a maximum duration ends everything.
 */
export class Interruption {
  #stage: RunStage = 'playing'
  #foreground = controller()
  #background = controller()
  readonly #announce: (by: string) => void
  #requests = 0
  #skipsRollbacks = false

  constructor(announce: (by: string) => void) {
    this.#announce = announce
  }

  request(by: InterruptedBy): void {
    if (isServedBy(this.#stage, by)) return
    if (by === 'SIGUSR2') this.#skipsRollbacks = true
    this.#end(by, endsAll.includes(by))
  }

  /** A control asks for the end as SIGUSR1 does, or as SIGUSR2. What the run undoes it cannot cut short. */
  requestByControl(by: string, how: 'graceful' | 'ungraceful'): void {
    if (this.#stage === 'undoing' || this.#stage === 'finishing') return
    if (how === 'ungraceful') this.#skipsRollbacks = true
    this.#end(by, how === 'ungraceful')
  }

  #end(by: string, isForAll: boolean): void {
    this.#requests += 1
    this.#announce(by)
    const reason = new RunInterrupted(by)
    this.#foreground.abort(reason)
    if (this.#requests > 1 || isForAll) this.#background.abort(reason)
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

  /** What follows starts anew, such as rollbacks after an interruption: only further requests end it. */
  renew(stage: RunStage): void {
    this.#stage = stage
    this.#requests = 0
    this.#foreground = controller()
    this.#background = controller()
  }

  throwIfRequested(): void {
    this.#foreground.signal.throwIfAborted()
  }
}

/**
 * Whether the stage is what the request asks for. A run that is out of time is ending once it rolls back, and one that was
 * told to stop undoes what it did: neither may cut that short.
 */
function isServedBy(stage: RunStage, by: InterruptedBy): boolean {
  if (stage === 'playing' || stage === 'looking again') return false
  return by === 'its maximum duration' || (by === 'a stop request' && stage !== 'rolling back')
}

/** Requests that do not wait for background work. */
const endsAll: readonly InterruptedBy[] = ['SIGUSR2', 'a stop request', 'its maximum duration']

function controller(): AbortController {
  const made = new AbortController()
  // Every background activity listens: Node would take more than ten of them for a leak.
  setMaxListeners(0, made.signal)
  return made
}
