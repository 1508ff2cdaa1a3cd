import type { WireEvent } from './wire.ts'

/** What happened in a stretch of continuous chaos, counted. */
export interface EventSummary {
  readonly from: string | null
  readonly until: string | null
  /** How many iterations executed faults, or would have if there had been any. */
  readonly iterations: number
  /** Faults by their `ActionType`. */
  readonly faults: Readonly<Record<string, number>>
  readonly validation_failures: readonly EventReason[]
  readonly test_errors: readonly EventReason[]
  /** Why the last run ended; null while it goes on. */
  readonly stopped: string | null
}

export interface EventReason {
  readonly at: string
  readonly reason: string
}

/** The events from the latest Started on; all of them when it is no longer kept. */
export function eventsOfLatestRun(events: readonly WireEvent[]): readonly WireEvent[] {
  return events.slice(
    Math.max(
      0,
      events.findLastIndex(({ Kind }) => Kind === 'Started'),
    ),
  )
}

export function summaryOfEvents(events: readonly WireEvent[]): EventSummary {
  const last = events.at(-1)
  return {
    from: events[0]?.TimeStampUtc ?? null,
    until: last?.TimeStampUtc ?? null,
    iterations: events.filter(({ Kind }) => Kind === 'ExecutingFaults').length,
    faults: counts(events.flatMap(({ Faults = [] }) => Faults.map(actionType))),
    validation_failures: reasons(events, 'ValidationFailed'),
    test_errors: reasons(events, 'TestError'),
    stopped: last?.Kind === 'Stopped' ? (last.Reason ?? '') : null,
  }
}

function actionType(text: string): string {
  return /^ActionType: (\w+)/.exec(text)?.[1] ?? text
}

function reasons(events: readonly WireEvent[], kind: string): EventReason[] {
  return events
    .filter(({ Kind }) => Kind === kind)
    .map(({ TimeStampUtc, Reason = '' }) => ({ at: TimeStampUtc, reason: Reason }))
}

function counts(words: readonly string[]): Record<string, number> {
  const counted = new Map<string, number>()
  for (const word of words.toSorted()) counted.set(word, (counted.get(word) ?? 0) + 1)
  return Object.fromEntries(counted)
}
