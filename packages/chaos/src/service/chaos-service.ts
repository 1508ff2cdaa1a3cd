import type { Health, JsonObject } from '@squall/contract'
import type { ChaosEvent } from '../events/chaos-event.ts'
import type { EventPage } from '../events/event-book.ts'
import type { EventQueryTexts } from '../events/event-query.ts'
import type { ChaosParameters } from '../parameters/chaos-parameters.ts'
import type { IterationRecord } from '../replay/iteration-record.ts'
import type { ChaosSchedule, ScheduleStatus } from '../schedule/chaos-schedule.ts'
import type { StartOptions } from './service-options.ts'

/** Where continuous chaos stands (7.4). */
export interface ChaosStatus {
  readonly status: 'Running' | 'Stopped'
  readonly scheduleStatus: ScheduleStatus
  /** Those of the latest run; the defaults before the first one. */
  readonly parameters: ChaosParameters
  /** The seed of the run in progress, or of the latest event's run. Absent before the first one. */
  readonly seed?: number
}

/** The health of a cluster, and what of it is not well; chaos itself plays no part. */
export interface HealthReport {
  /** `Error` by the rules of 2.2 without tolerance; `Warning` also while the cluster is not stable (3.3). */
  readonly health: Health
  readonly reasons: readonly string[]
  readonly nodes: readonly { readonly name: string; readonly health: Health }[]
  readonly applications: readonly { readonly name: string; readonly health: Health }[]
}

/** What is told as it happens. */
export type ChaosNews =
  | { readonly type: 'event'; readonly event: ChaosEvent }
  | { readonly type: 'iteration'; readonly record: IterationRecord }

/** Continuous chaos over one cluster. */
export interface ChaosService extends AsyncDisposable {
  /**
   * Starts a run with ChaosParameters as JSON of the wire format. Throws `SQUALL_CHAOS_PARAMETER`,
   * `SQUALL_CHAOS_TOO_LARGE` or `SQUALL_CHAOS_RUNNING`, in the order of 2.4; nothing has changed then.
   */
  start(parameters: unknown, options?: StartOptions): Promise<void>
  /** Ends the run and the schedule. Resolves at once; faults in flight run to their end. */
  stop(): Promise<void>
  get(): ChaosStatus
  /** How the cluster is right now. Rejects when it cannot be asked. */
  health(): Promise<HealthReport>
  /** A page of events. Throws `SQUALL_CHAOS_PARAMETER`. */
  events(query?: EventQueryTexts): EventPage
  /** The older form: a page with parameters and status. Throws `SQUALL_CHAOS_NOT_READY` before the first run. */
  report(query?: EventQueryTexts): EventPage & ChaosStatus
  getSchedule(): { readonly version: number; readonly schedule: ChaosSchedule }
  /** Sets the schedule from JSON of the wire format. Throws like `start`, in the order of 9.2. */
  setSchedule(description: unknown, options?: StartOptions): Promise<void>
  /** The schedule as JSON of the wire format. */
  writeSchedule(): JsonObject
  /** Calls back for everything that happens from now on. What it throws is logged. Returns how to stop that. */
  subscribe(listener: (news: ChaosNews) => void): () => void
  /** The iterations that were kept for replay, oldest first. */
  iterations(): Promise<readonly IterationRecord[]>
  /** Resolves when all that has happened so far is on disk. */
  flushed(): Promise<void>
  /** Resolves when no fault of this service is in flight any more. */
  settled(): Promise<void>
  /** Ends the service, not the run: the next one that opens the store resumes it. Faults in flight are aborted. */
  close(): Promise<void>
}
