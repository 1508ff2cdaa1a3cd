import type { ChaosParameters } from '../parameters/chaos-parameters.ts'

/** When chaos runs, and how (9). */
export interface ChaosSchedule {
  /** Milliseconds since 1970. */
  readonly startMs: number
  readonly expiryMs: number
  /** The parameters that jobs name, in the order they were given. */
  readonly parameters: readonly { readonly key: string; readonly value: ChaosParameters }[]
  readonly jobs: readonly ChaosJob[]
}

export interface ChaosJob {
  /** The key of its parameters. */
  readonly parameters: string
  /** Sunday first. */
  readonly days: readonly boolean[]
  readonly times: readonly TimeRange[]
}

/** Minutes since midnight, UTC. The end is not before the start. */
export interface TimeRange {
  readonly start: number
  readonly end: number
}

export type ScheduleStatus = 'Stopped' | 'Pending' | 'Active' | 'Expired'

export const dayNames = [
  'Sunday',
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
] as const

/** The dates of a service that was never given a schedule: all of file time (8.3). */
export const emptySchedule: ChaosSchedule = {
  startMs: Date.UTC(1601, 0, 1),
  expiryMs: Date.UTC(9999, 11, 31, 23, 59, 59, 999),
  parameters: [],
  jobs: [],
}

/** The key under which a start stores its parameters (3.1). */
export const adhocKey = 'adhoc'

/** What a start stores: every minute of every day from now on, for as long as the run is to take (3.1). */
export function scheduleOfStart(parameters: ChaosParameters, nowMs: number): ChaosSchedule {
  return {
    startMs: nowMs,
    expiryMs: nowMs + parameters.timeToRunSeconds * 1000,
    parameters: [{ key: adhocKey, value: parameters }],
    jobs: [{ parameters: adhocKey, days: dayNames.map(() => true), times: [{ start: 0, end: 24 * 60 - 1 }] }],
  }
}

/** The version after this one (9.2). */
export function versionAfter(version: number): number {
  return version >= 2_147_483_647 ? 0 : version + 1
}
