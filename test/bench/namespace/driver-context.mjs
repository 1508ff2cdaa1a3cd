import { setTimeout as sleep } from 'node:timers/promises'

const silent = () => undefined

/** What an activity of a driver is given, as in a run in which nothing else happens. */
export const context = {
  signal: new AbortController().signal,
  log: { debug: silent, info: silent, warn: silent },
  configuration: {},
  secrets: {},
  directory: '.',
  clock: {
    now: () => Date.now(),
    monotonic: () => performance.now(),
    sleep: (milliseconds, signal) => sleep(milliseconds, undefined, { signal }),
  },
  random: { next: () => Math.random() },
  undo: async () => ({ amend: async () => undefined }),
}
