import { refused } from '../parameters/read-fields.ts'
import { type ChaosJob, dayNames, type TimeRange } from './chaos-schedule.ts'

interface JobRange extends TimeRange {
  readonly job: number
}

const longestList = 460

/** Refuses ranges of one day that overlap, also of one job; that they touch is no conflict (9.2). */
export function refuseConflicts(jobs: readonly ChaosJob[]): void {
  const conflicts = dayNames.flatMap((name, day) => {
    const texts = conflictsOf(rangesOn(jobs, day))
    return texts.length === 0 ? [] : [`${name}: ${texts.join('; ')}`]
  })
  if (conflicts.length > 0) throw refused('Jobs', `overlap. ${conflicts.join('. ').slice(0, longestList)}`)
}

function rangesOn(jobs: readonly ChaosJob[], day: number): readonly JobRange[] {
  const ranges = jobs.flatMap(({ days, times }, job) =>
    days[day] ? times.map((range) => ({ ...range, job })) : [],
  )
  return ranges.toSorted((a, b) => a.start - b.start || a.end - b.end)
}

function conflictsOf(ranges: readonly JobRange[]): readonly string[] {
  let latest: JobRange | undefined
  return ranges.flatMap((range) => {
    const before = latest
    if (!latest || range.end > latest.end) latest = range
    return before && range.start < before.end ? [`${rangeText(before)} and ${rangeText(range)}`] : []
  })
}

function rangeText({ job, start, end }: JobRange): string {
  return `job ${job} ${timeText(start)}-${timeText(end)}`
}

function timeText(minutes: number): string {
  const two = (value: number): string => String(value).padStart(2, '0')
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
}
