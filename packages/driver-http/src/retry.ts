import { headerOf } from './header-list.ts'
import { type RawAnswer, TransportError } from './transport.ts'

/** Methods that may be sent twice without harm. */
const repeatable = ['HEAD', 'GET', 'PUT', 'DELETE', 'OPTIONS', 'TRACE']
const saysWhenToRetry = [413, 429, 503]

/**
 * Whether a failed exchange may be tried again: always when the request was never sent, else only for methods that may
 * be repeated, and not once the answer had begun.
 */
export function mayRepeat(error: unknown, method: string): boolean {
  if (!(error instanceof TransportError)) return false
  if (error.stage === 'connect') return true
  return error.stage === 'answer' && repeatable.includes(method)
}

/**
 * How long to wait before asking again, in milliseconds, when the server says in `Retry-After` that it is too busy.
 * Undefined when it does not, or when the method may not be repeated.
 */
export function retryAfterMs(answer: RawAnswer, method: string, now: number): number | undefined {
  const after = headerOf(answer.headers, 'retry-after')
  if (!after || !saysWhenToRetry.includes(answer.status) || !repeatable.includes(method)) return undefined
  if (/^\s*\d+\s*$/.test(after)) return Number(after) * 1000
  const date = Date.parse(after)
  return Number.isNaN(date) ? 0 : Math.max(0, date - now)
}

/** The number of `max_retries`. */
export function retriesOf(value: unknown): number {
  if (value === undefined || value === null) return 0
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0) return value
  throw new Error(`\`max_retries\` is a whole number from 0, not ${JSON.stringify(value)}.`)
}
