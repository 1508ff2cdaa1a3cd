import type { Log } from '@squall/contract'
import type { UndoOrder } from './messages.ts'

/** Who a request serves: where its words go, and what Python code may ask of it. */
export interface Caller {
  readonly log: Log
  interrupt?(how: 'graceful' | 'ungraceful', reason: string): void
  /** Registers an undo under that number, or amends one. */
  undo?(key: number, order: UndoOrder): Promise<void>
}
