import type { JsonObject, JsonValue } from './json.ts'
import type { Log } from './log.ts'

/** What a notification channel is told (spec 20). */
export interface NotificationEvent {
  /** Such as `run-started` or `validate-failed`. */
  readonly name: string
  readonly payload: JsonValue
  readonly phase: 'discovery' | 'init' | 'run' | 'validate'
  /** Seconds since the epoch, UTC. */
  readonly ts: number
  readonly error?: string
}

export interface NotifierContext {
  readonly directory: string
  readonly signal: AbortSignal
  readonly log: Log
  /** This driver's own options, from settings `drivers.options.NAME` and the command line. */
  readonly options: JsonObject
}

/** Receives notifications. What it throws is logged and changes nothing. */
export interface Notifier {
  readonly summary: string
  /** `channel` is the whole entry of `notifications` in settings. */
  notify(channel: JsonObject, event: NotificationEvent, context: NotifierContext): Promise<void>
}
