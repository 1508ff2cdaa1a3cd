import { readFileSync } from 'node:fs'
import { availableParallelism, loadavg } from 'node:os'

/** Whether more is ready to run on this machine than it has processors for. */
export function isBusy(): boolean {
  const [lastMinute = 0] = loadavg()
  return lastMinute > availableParallelism()
}

/**
 * For how many milliseconds this thread has been ready to run and was given no processor, since it began. Only differences
 * mean anything; always 0 on systems that do not tell.
 */
export function withheldMs(): number {
  try {
    const [, waited = '0'] = readFileSync('/proc/thread-self/schedstat', 'utf8').split(' ')
    return Number(waited) / 1e6
  } catch {
    return 0
  }
}
