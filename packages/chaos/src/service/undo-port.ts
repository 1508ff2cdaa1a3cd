import type { Fault, JsonValue, RegisteredUndo } from '@squall/contract'

/**
 * Where the undo of a fault is kept. Chaos knows no drivers and no watchdog: whoever connects the cluster hands in how
 * its driver's undo functions are recorded and carried out.
 */
export interface UndoPort {
  /** One fault that is about to begin. */
  begin(fault: FaultInFlight): FaultUndo
}

export interface FaultInFlight {
  readonly seed: number
  readonly iteration: number
  readonly fault: Fault
  /** Names it for a person, as in an ExecutingFaults event. */
  readonly text: string
}

export interface FaultUndo {
  /** Resolves once the record is on disk and somebody will act on it, also when this process dies; rejects otherwise. */
  register(func: string, args: JsonValue): Promise<RegisteredUndo>
  /** The fault is over: carries out what it registered, the newest first. Rejects when something could not be undone. */
  settle(): Promise<void>
}
