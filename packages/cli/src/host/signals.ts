export const runSignals = ['SIGINT', 'SIGTERM', 'SIGUSR1', 'SIGUSR2'] as const
export type RunSignal = (typeof runSignals)[number]

/** Aborted by the first SIGINT or SIGTERM from now on. */
export function interruptSignal(): AbortSignal {
  const controller = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => controller.abort(new Error(`Interrupted by ${signal}.`)))
  return controller.signal
}

/** Hands signals to `receive` until the returned function is called. Node starts no inspector on SIGUSR1 meanwhile. */
export function receiveSignals(receive: (signal: RunSignal) => void): () => void {
  const listeners = runSignals
    // Windows has no user signals.
    .filter((signal) => process.platform !== 'win32' || !signal.startsWith('SIGUSR'))
    .map((signal) => ({ signal, listener: (): void => receive(signal) }))
  for (const { signal, listener } of listeners) process.on(signal, listener)
  return () => {
    for (const { signal, listener } of listeners) process.off(signal, listener)
  }
}
