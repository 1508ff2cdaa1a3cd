import type { JsonObject } from '@squall/contract'
import { isoOf } from '../events/file-time.ts'
import { writeChaosParameters } from '../parameters/write-chaos-parameters.ts'
import { type ChaosJob, type ChaosSchedule, dayNames } from './chaos-schedule.ts'

/** Writes a schedule and its version as the JSON of the wire format (9.1). */
export function writeSchedule(version: number, schedule: ChaosSchedule): JsonObject {
  return {
    Version: version,
    Schedule: {
      StartDate: isoOf(schedule.startMs),
      ExpiryDate: isoOf(schedule.expiryMs),
      ChaosParametersDictionary: schedule.parameters.map(({ key, value }) => ({
        Key: key,
        Value: writeChaosParameters(value),
      })),
      Jobs: schedule.jobs.map(writeJob),
    },
  }
}

function writeJob({ parameters, days, times }: ChaosJob): JsonObject {
  return {
    ChaosParameters: parameters,
    Days: Object.fromEntries(dayNames.map((name, day) => [name, days[day] === true])),
    Times: times.map(({ start, end }) => ({ StartTime: timeOf(start), EndTime: timeOf(end) })),
  }
}

function timeOf(minutes: number): JsonObject {
  return { Hour: Math.floor(minutes / 60), Minute: minutes % 60 }
}
