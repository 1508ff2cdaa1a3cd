import type { Clock, JsonObject, JsonValue } from '@squall/contract'
import type { DriverRegistry } from '../drivers/registry.ts'

/** Something that channels are told, in the reference's words (spec 20). */
export type NotificationName =
  | `discovery-${'started' | 'failed' | 'completed'}`
  | `init-${'started' | 'completed'}`
  | `run-${'started' | 'completed' | 'failed' | 'deviated'}`
  | `validate-${'started' | 'failed' | 'completed'}`

export interface NotifyOptions {
  /** `notifications` of these are the channels. */
  readonly settings: JsonObject
  /** Finds the drivers' notifiers. */
  readonly registry: DriverRegistry
  /** Used by `http` channels; may give up earlier than after the 7 s that a channel has. */
  readonly fetch: typeof fetch
  /** The same for channels with `verify_tls: false`. Default: `fetch`. */
  readonly fetchUnverified?: typeof fetch
  /** Relative modules of a channel start here. */
  readonly directory: string
  /** Told what became of a channel that could not be served: nobody else is. */
  readonly onFailure?: (message: string) => void
  /** Default: the clock of this machine. */
  readonly clock?: Clock
}

/** What an event is about. */
export interface Notification {
  readonly payload: JsonValue
  /** What went wrong, for an event that tells of it. */
  readonly error?: unknown
}
