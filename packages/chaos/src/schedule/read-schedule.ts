import { isObject } from '@squall/contract'
import { readChaosParameters } from '../parameters/read-chaos-parameters.ts'
import { member, readBoolean, readList, readObject, readWhole, refused } from '../parameters/read-fields.ts'
import type { FilterLimits } from '../parameters/read-target-filter.ts'
import { type ChaosJob, type ChaosSchedule, dayNames, type TimeRange } from './chaos-schedule.ts'
import { refuseConflicts } from './refuse-conflicts.ts'

type Fields = Readonly<Record<string, unknown>>

/** A request to set the schedule whose version, hours and minutes are in range: the first check (9.2). */
export interface ScheduleRequest {
  readonly version: number
  /** Checked by `readSchedule`, after the version and after "already running". */
  readonly schedule: Fields
}

/** Throws `SQUALL_CHAOS_PARAMETER` for what is no description of a schedule, or out of range. */
export function readScheduleRequest(json: unknown): ScheduleRequest {
  const fields = readObject(json, 'ChaosScheduleDescription')
  const version = readWhole(fields, 'Version', { limit: 2_147_483_647, otherwise: 0 })
  const schedule = readObject(member(fields, 'Schedule') ?? {}, 'Schedule')
  for (const job of readList(schedule, 'Jobs') ?? []) {
    const times = readList(readObject(job, 'A job'), 'Times') ?? []
    for (const range of times) minutesOf(readObject(range, 'An entry of Times'))
  }
  return { version, schedule }
}

/** Reads the schedule of a request, in the order of 9.2. Throws `SQUALL_CHAOS_PARAMETER` or `SQUALL_CHAOS_TOO_LARGE`. */
export function readSchedule({ schedule }: ScheduleRequest, limits: FilterLimits = {}): ChaosSchedule {
  const startMs = dateOf(schedule, 'StartDate')
  const expiryMs = dateOf(schedule, 'ExpiryDate')
  if (expiryMs < startMs) throw refused('ExpiryDate', 'must not be before StartDate')
  const dictionary = readList(schedule, 'ChaosParametersDictionary')
  if (!dictionary) throw refused('ChaosParametersDictionary', 'is missing')
  const parameters = dictionary.map((entry) => parametersOf(entry, limits))
  const list = readList(schedule, 'Jobs')
  if (!list) throw refused('Jobs', 'is missing')
  const jobs = list.map(jobOf)
  const keys = new Set(parameters.map(({ key }) => key))
  jobs.forEach(({ parameters: key }, at) => {
    if (!keys.has(key))
      throw refused(`Job ${at}`, `names the parameters '${key}', which the dictionary does not have`)
  })
  refuseConflicts(jobs)
  return { startMs, expiryMs, parameters, jobs }
}

function dateOf(fields: Fields, name: string): number {
  const text = member(fields, name)
  if (text === undefined) throw refused(name, 'is missing')
  const ms = typeof text === 'string' ? Date.parse(withZone(text)) : Number.NaN
  if (Number.isNaN(ms)) throw refused(name, `must be an ISO 8601 date, not ${JSON.stringify(text)}`)
  if (ms < Date.UTC(1601, 0, 1)) throw refused(name, 'must not be before 1601-01-01')
  return ms
}

/** All times are UTC, also where a client leaves the zone out. */
function withZone(text: string): string {
  return /T[\d:.]+$/.test(text) ? `${text}Z` : text
}

function parametersOf(entry: unknown, limits: FilterLimits): ChaosSchedule['parameters'][number] {
  const { Key: key, Value: value } = readObject(entry, 'An entry of ChaosParametersDictionary')
  if (typeof key !== 'string')
    throw refused('An entry of ChaosParametersDictionary', 'must have a text as its Key')
  return { key, value: readChaosParameters(value, limits) }
}

function jobOf(value: unknown, at: number): ChaosJob {
  const job = readObject(value, `Job ${at}`)
  const parameters = member(job, 'ChaosParameters')
  if (typeof parameters !== 'string') throw refused(`Job ${at}`, 'must name its ChaosParameters by their key')
  const days = member(job, 'Days')
  if (!isObject(days)) throw refused(`Job ${at}`, 'has no Days')
  const active = dayNames.map((name) => readBoolean(days, name, false))
  if (!active.includes(true)) throw refused(`Job ${at}`, 'has no day that is true')
  const times = readList(job, 'Times') ?? []
  if (times.length === 0) throw refused(`Job ${at}`, 'has no Times')
  return { parameters, days: active, times: times.map((range) => rangeOf(range, at)) }
}

function rangeOf(value: unknown, at: number): TimeRange {
  const range = minutesOf(readObject(value, 'An entry of Times'))
  if (range.start > range.end) throw refused(`Job ${at}`, 'has a time that starts after its end')
  return range
}

function minutesOf(range: Fields): TimeRange {
  return { start: minuteOf(range, 'StartTime'), end: minuteOf(range, 'EndTime') }
}

function minuteOf(range: Fields, name: string): number {
  const time = readObject(member(range, name) ?? undefined, name)
  const hour = readWhole(time, 'Hour', { limit: 23, otherwise: 0 })
  return hour * 60 + readWhole(time, 'Minute', { limit: 59, otherwise: 0 })
}
