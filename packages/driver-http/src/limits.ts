import type { Limits } from './transport.ts'

/** The longest time a timer of Node.js can wait; about 24 days. */
const longestMs = 2 ** 31 - 1

/** What `timeout` says: seconds for both, or `[connect, read]`. Throws for anything else. */
export function limitsOf(timeout: unknown): Limits {
  const [connect, read] = pairOf(timeout)
  const connectMs = millisecondsOf(connect)
  const readMs = millisecondsOf(read)
  return {
    ...(connectMs === undefined ? {} : { connectMs }),
    ...(readMs === undefined ? {} : { readMs }),
  }
}

function pairOf(timeout: unknown): readonly unknown[] {
  if (!Array.isArray(timeout)) return [timeout, timeout]
  if (timeout.length === 2) return timeout
  throw new Error(`\`timeout\` is a number of seconds or [connect, read], not ${JSON.stringify(timeout)}.`)
}

function millisecondsOf(seconds: unknown): number | undefined {
  if (seconds === undefined || seconds === null) return undefined
  if (typeof seconds !== 'number' || !(seconds > 0)) {
    throw new Error(`\`timeout\` is a number of seconds above 0, not ${JSON.stringify(seconds)}.`)
  }
  return Math.min(seconds * 1000, longestMs)
}
