/** Aborted after so many seconds. */
export function timeLimit(seconds: number): AbortSignal {
  return AbortSignal.timeout(seconds * 1000)
}
