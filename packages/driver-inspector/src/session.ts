import { ActivityFailed } from '@squall/contract'
import type { ListeningSocket } from './process-table.ts'

/** A connection to the inspector of a process. */
export interface Session {
  /**
   * Evaluates an expression that may use `require`, and resolves to its JSON value, or with `awaits` to that of the promise
   * it makes. Rejects with the error that the target threw, or with `SessionLost`.
   */
  evaluate(expression: string, awaits?: boolean): Promise<unknown>
  /** Ends the connection, after one last expression whose answer nobody waits for. */
  close(last?: string): Promise<void>
}

/** Finds and opens inspectors. */
export interface Inspectors {
  /** The URL of the inspector that listens there; null when none of Node.js answers. */
  find(place: ListeningSocket, signal: AbortSignal): Promise<string | null>
  connect(url: string, signal: AbortSignal): Promise<Session>
}

/** There is no connection any more, or there could be none. */
export class SessionLost extends ActivityFailed {}
