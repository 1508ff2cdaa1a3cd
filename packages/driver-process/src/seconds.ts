/** The longest time a timer of Node.js can wait; about 24 days. */
const longestMs = 2 ** 31 - 1

/** Milliseconds of a field in seconds; undefined when it is not set. */
export function millisecondsOf(key: string, seconds: unknown): number | undefined {
  if (seconds === undefined || seconds === null) return undefined
  if (typeof seconds !== 'number' || Number.isNaN(seconds)) {
    throw new Error(`\`${key}\` is a number of seconds, not ${JSON.stringify(seconds)}.`)
  }
  return Math.min(Math.max(seconds, 0) * 1000, longestMs)
}
