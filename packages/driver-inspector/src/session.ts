/** A connection to the inspector of a process. */
export interface Session {
  /**
   * Evaluates an expression that may use `require`, waits for a promise, and resolves to its JSON value. Rejects with
   * the error that the target threw, or when the connection ends.
   */
  evaluate(expression: string): Promise<unknown>
  /** Ends the connection, after one last expression whose answer nobody waits for. */
  close(last?: string): Promise<void>
}

/** Finds and opens inspectors. */
export interface Inspectors {
  /** The address of the inspector that listens on this port of 127.0.0.1; null when none of Node.js answers there. */
  find(port: number, signal: AbortSignal): Promise<string | null>
  connect(url: string, signal: AbortSignal): Promise<Session>
}
