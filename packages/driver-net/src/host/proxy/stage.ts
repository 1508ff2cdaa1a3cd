/** What takes the data of one direction of a connection. */
export interface Taker {
  data(chunk: Buffer): void
  /** No more will come. */
  end(): void
}

/** A toxic at work on one direction of a connection. */
export interface Stage extends Taker {
  /** Whom it passes data on to; another one when a toxic behind it comes or goes. */
  next: Taker
  /** Whether it holds as much as it should. */
  readonly isFull: boolean
  /** Passes on at once what it holds, since the toxic is gone or another from now on. */
  release(why: 'removed' | 'changed'): void
  /** Forgets everything, since the connection is closed. */
  cancel(): void
}

/** What a stage can do to its connection. */
export interface Wire {
  /** Closes both sides once they have sent what they were given. */
  close(): void
  /** Closes both sides once this one has been told that no more comes, and has sent everything. */
  finish(): void
  /** Resets both sides. */
  reset(): void
  /** Says that a stage may hold less than before. */
  eased(): void
  /** Chance of this connection, by its seed. */
  chance(): number
}
