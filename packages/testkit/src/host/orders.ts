import type { JsonObject } from '@squall/contract'
import type { Deed } from '../abilities/deed.ts'
import type { Address } from '../call.ts'
import type { DriverNames } from '../driver-names.ts'
import type { UndoAnswer } from '../play-undo.ts'
import type { UndoRecord } from '../undo-recorder.ts'

/** What another process is told to do. JSON: it knows nothing else. */
export type Order = ActOrder | DoOrder | UndoOrder | DescribeOrder

/** Call an activity. */
export interface ActOrder {
  readonly type: 'act'
  readonly driverFile: string
  readonly address: Address
  readonly input: JsonObject
  readonly surroundings: {
    readonly directory: string
    readonly configuration: JsonObject
    readonly secrets: JsonObject
  }
  /** Where undos are written before the activity goes on, each with fsync. */
  readonly recordFile?: string
  /** Whether the activity is held once its first undo is recorded, forever. */
  readonly hold?: boolean
  /** Whether to take back what was registered, and then to tell what is still open. */
  readonly tidy?: boolean
}

/** Call something else that the driver offers, and tell what is open once the driver was closed. */
export interface DoOrder {
  readonly type: 'do'
  readonly driverFile: string
  readonly deed: Deed
}

/** Take something back, knowing only what a log knows. */
export interface UndoOrder {
  readonly type: 'undo'
  readonly driverFile: string
  readonly records: readonly UndoRecord[]
}

/** Say what the driver is. */
export interface DescribeOrder {
  readonly type: 'describe'
  readonly driverFile: string
}

/** What the other process says. */
export type Report =
  | { readonly type: 'registered' }
  /** A control waits for a probe of its own. */
  | { readonly type: 'asked' }
  | { readonly type: 'ended'; readonly error?: string }
  /** Handles, timers and children that were left open, after a `do` order and an `act` order with `tidy`. */
  | { readonly type: 'left'; readonly open: readonly string[] }
  | { readonly type: 'undone'; readonly answers: readonly UndoAnswer[] }
  | { readonly type: 'described'; readonly names: DriverNames }
  /** The order could not be carried out. */
  | { readonly type: 'failed'; readonly reason: string }
