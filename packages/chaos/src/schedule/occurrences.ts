import type { ChaosSchedule } from './chaos-schedule.ts'

const minuteMs = 60_000
const dayMinutes = 24 * 60
const weekMinutes = 7 * dayMinutes
const weekMs = weekMinutes * minuteMs
/** The Sunday before 1970 began on a Thursday. */
const firstSundayMs = Date.UTC(1969, 11, 28)

/** A part of the week in which chaos runs. Minutes since Sunday 00:00 UTC; the end may lie in the week after. */
export interface Occurrence {
  readonly start: number
  readonly end: number
  /** The key of the parameters. */
  readonly key: string
}

/** The window a moment lies in, with its end on the calendar. */
export interface Window {
  readonly key: string
  readonly startMs: number
  readonly endMs: number
}

/** The occurrences of one week, those that touch joined (9.3). */
export function occurrencesOf({ jobs }: ChaosSchedule): readonly Occurrence[] {
  const single = jobs.flatMap(({ parameters: key, days, times }) =>
    days.flatMap((isOn, day) =>
      isOn
        ? times.map(({ start, end }) => ({
            start: day * dayMinutes + start,
            end: day * dayMinutes + end,
            key,
          }))
        : [],
    ),
  )
  const joined: Occurrence[] = []
  for (const next of single.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    const last = joined.at(-1)
    if (last && touches(last, next))
      joined[joined.length - 1] = { ...last, end: Math.max(last.end, next.end) }
    else joined.push(next)
  }
  return overTheWeekend(joined)
}

/** The last occurrence of a week goes on in the first one of the next. */
function overTheWeekend(all: readonly Occurrence[]): readonly Occurrence[] {
  const [first] = all
  const last = all.at(-1)
  if (!first || !last || all.length < 2) return all
  const again = { ...first, start: first.start + weekMinutes, end: first.end + weekMinutes }
  return touches(last, again) ? [...all.slice(1, -1), { ...last, end: again.end }] : all
}

function touches(earlier: Occurrence, later: Occurrence): boolean {
  return earlier.key === later.key && later.start <= earlier.end + 1
}

/** The window of the schedule that a moment lies in; it ends with the schedule at the latest. */
export function windowAt(schedule: ChaosSchedule, nowMs: number): Window | undefined {
  const all = occurrencesOf(schedule)
  const [only] = all
  if (only && all.length === 1 && only.end + 1 >= only.start + weekMinutes)
    return { key: only.key, startMs: schedule.startMs, endMs: schedule.expiryMs }
  return around(all, nowMs).find(({ startMs, endMs }) => startMs <= nowMs && nowMs < endMs)
}

/** When the next window after a moment begins; undefined when there is none. */
export function nextWindowStart(schedule: ChaosSchedule, nowMs: number): number | undefined {
  const later = around(occurrencesOf(schedule), nowMs).filter(({ startMs }) => startMs > nowMs)
  return later.length === 0 ? undefined : Math.min(...later.map(({ startMs }) => startMs))
}

/** The occurrences of the week before, of this week and of the next, on the calendar. */
function around(all: readonly Occurrence[], nowMs: number): readonly Window[] {
  const sunday = nowMs - modulo(nowMs - firstSundayMs, weekMs)
  return [-1, 0, 1].flatMap((week) =>
    all.map(({ start, end, key }) => ({
      key,
      startMs: sunday + week * weekMs + start * minuteMs,
      endMs: sunday + week * weekMs + end * minuteMs,
    })),
  )
}

function modulo(value: number, base: number): number {
  return ((value % base) + base) % base
}
