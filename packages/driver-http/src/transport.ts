import type { HeaderList } from './header-list.ts'

/** One request as it goes out. */
export interface Exchange {
  readonly method: string
  readonly url: URL
  readonly headers: HeaderList
  readonly body?: Uint8Array
}

/** One answer as it came in: header names in the server's spelling, the body still packed. */
export interface RawAnswer {
  readonly status: number
  readonly headers: HeaderList
  readonly body: Uint8Array
}

/** How long to wait for a server. */
export interface Limits {
  /** Milliseconds until the connection stands. Absent: no limit. */
  readonly connectMs?: number
  /** Milliseconds without a byte of the answer. Absent: no limit. */
  readonly readMs?: number
}

/** Whom to believe when a server shows its certificate. */
export interface Trust {
  readonly verify: boolean
  /** PEM texts that stand in for the usual authorities. */
  readonly authorities?: readonly string[]
}

/** How a request gets to its server. */
export interface Way {
  readonly limits: Limits
  readonly trust: Trust
  readonly proxy?: URL
  readonly signal: AbortSignal
}

/**
 * Sends one request over a connection of its own and closes that connection, whatever happens. Rejects with
 * `TransportError` when network or server failed, with the signal's reason on abort, and with any other error when the
 * request cannot be sent at all.
 */
export interface Transport {
  exchange(request: Exchange, way: Way): Promise<RawAnswer>
  /** Loads what the first exchange needs. */
  prepare?(): Promise<void>
}

/** How far an exchange had come: `connect` until the connection stands, `answer` until the headers, then `body`. */
export type Stage = 'connect' | 'answer' | 'body'

/** Network or server failed: no connection, none that lasted, or silence. */
export class TransportError extends Error {
  override readonly name = 'TransportError'
  readonly stage: Stage
  /** Whether a time limit ran out. */
  readonly late: boolean

  constructor(stage: Stage, late: boolean, message: string, options: { cause?: unknown } = {}) {
    super(message, options)
    this.stage = stage
    this.late = late
  }
}
