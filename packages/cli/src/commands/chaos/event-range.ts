import { SquallError } from '@squall/contract'

export interface RangeOptions {
  readonly since?: string
  readonly until?: string
}

/** Milliseconds since the epoch, both ends included; an absent end is open. */
export interface Range {
  readonly since?: number
  readonly until?: number
}

/** The range that options name. Throws `SQUALL_USAGE` for a text that is no time. */
export function rangeOf({ since, until }: RangeOptions): Range {
  return {
    ...(since === undefined ? {} : { since: timeIn('--since', since) }),
    ...(until === undefined ? {} : { until: timeIn('--until', until) }),
  }
}

function timeIn(option: string, text: string): number {
  const time = Date.parse(text)
  if (Number.isNaN(time))
    throw new SquallError('SQUALL_USAGE', { reason: `${option} takes a time in ISO 8601, not '${text}'.` })
  return time
}
