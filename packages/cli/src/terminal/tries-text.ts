import type { RunEvent } from '@squall/contract'
import { durationText } from './paint.ts'

type EventOf<Type extends RunEvent['type']> = Extract<RunEvent, { type: Type }>

/** One attempt in a few words: what it found, or why it failed. */
export function attemptText({ attempt, status, met, actual, reason }: EventOf<'attempt-completed'>): string {
  if (status === 'failed') return `attempt ${attempt} failed: ${reason ?? ''}`
  if (met === undefined) return `attempt ${attempt} succeeded`
  return met ? `attempt ${attempt}: within tolerance` : `attempt ${attempt}: found ${actual ?? ''}`
}

/** How often it took and how long; undefined for what is tried once, as most are. */
export function triesText(
  { until, retry, status }: EventOf<'activity-completed'>,
  isGood: boolean,
): string | undefined {
  if (until) {
    const howOften = `${timesText(until.attempts)} in ${durationText(until.waited)}`
    return isGood
      ? `within tolerance after ${durationText(until.waited)}, asked ${timesText(until.attempts)}`
      : `not within tolerance, asked ${howOften}`
  }
  if (!retry) return undefined
  return status === 'succeeded'
    ? `succeeded at attempt ${retry.attempts}, after ${durationText(retry.waited)}`
    : `tried ${timesText(retry.attempts)} in ${durationText(retry.waited)}`
}

function timesText(count: number): string {
  return count === 1 ? 'once' : `${count} times`
}
