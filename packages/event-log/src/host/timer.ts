import type { LogTimer } from '../ports.ts'

/** Does not keep the process alive. */
export const systemTimer: LogTimer = (milliseconds, fire) => {
  const timer = setTimeout(fire, milliseconds).unref()
  return () => clearTimeout(timer)
}
