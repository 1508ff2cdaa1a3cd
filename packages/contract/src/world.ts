/** Time, chance and the network are handed to squall, never taken: these are their shapes. */

export interface Clock {
  /** Milliseconds since the epoch, with fractions where the system has them. */
  now(): number
  /** Milliseconds of a clock that never goes back. Only differences mean anything. */
  monotonic(): number
  /** Resolves after `milliseconds`; rejects with the signal's reason when it is aborted first. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>
}

export interface Random {
  /** A number in [0, 1). */
  next(): number
}

/** A process, known by its pid *and* the moment it started: pids are used again. */
export interface ProcessIdentity {
  readonly pid: number
  /** An opaque mark of when the process began; equal for the same process, different for a later one of that pid. */
  readonly startedAt: string
}
