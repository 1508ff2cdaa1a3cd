import { refused } from '../parameters/read-fields.ts'
import { type EventRange, noEnd, rangeOfToken } from './continuation-token.ts'

/** Which events are asked for: a range, and how many at most. */
export interface EventQuery extends EventRange {
  /** 0: no wish. */
  readonly maxResults: number
}

/** A query as texts, in the words of the wire: file times, decimal (7.3). */
export interface EventQueryTexts {
  readonly continuationToken?: string
  readonly startTimeUtc?: string
  readonly endTimeUtc?: string
  readonly maxResults?: string
}

/**
 * Reads a query: a range or a continuation token, never both. An unknown token gives a range that is empty; an empty one
 * counts as absent. Throws `SQUALL_CHAOS_PARAMETER`.
 */
export function readEventQuery(texts: EventQueryTexts): EventQuery {
  const { continuationToken: token = '', startTimeUtc, endTimeUtc, maxResults = '0' } = texts
  if (!/^\d+$/.test(maxResults)) throw refused('MaxResults', `must be a whole number, not '${maxResults}'`)
  const most = Number(maxResults)
  if (token !== '') {
    if (startTimeUtc !== undefined || endTimeUtc !== undefined)
      throw refused('ContinuationToken', 'cannot be given together with a time range')
    return { ...rangeOfToken(token), maxResults: most }
  }
  const start = ticksOf('StartTimeUtc', startTimeUtc) ?? 0n
  const end = ticksOf('EndTimeUtc', endTimeUtc) ?? noEnd
  if (start > end) throw refused('StartTimeUtc', 'must not be after EndTimeUtc')
  return { start, end, maxResults: most }
}

function ticksOf(name: string, text: string | undefined): bigint | undefined {
  if (text === undefined || text === '') return undefined
  if (!/^\d{1,19}$/.test(text)) throw refused(name, `must be a Windows file time, not '${text}'`)
  const ticks = BigInt(text)
  return ticks > noEnd ? noEnd : ticks
}
