import type { WireRange } from '@squall/chaos'
import { z } from 'zod'

const time = z.iso.datetime({
  offset: true,
  error: 'must be a time in ISO 8601, such as 2026-01-31T12:00:00Z',
})

/** A stretch of time, both ends included. */
export const rangeArguments = {
  since: time.optional().describe('Events from this time on (ISO 8601).'),
  until: time.optional().describe('Events up to this time (ISO 8601).'),
}

interface Times {
  readonly since?: string | undefined
  readonly until?: string | undefined
}

export function rangeOf({ since, until }: Times): WireRange {
  return {
    ...(since !== undefined && { since: Date.parse(since) }),
    ...(until !== undefined && { until: Date.parse(until) }),
  }
}
