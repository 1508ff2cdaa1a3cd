export interface Interrupted {
  /** Aborted by the first SIGINT or SIGTERM. */
  readonly signal: AbortSignal
  /** Resolves with it. */
  readonly happens: Promise<void>
}

/** Waits for SIGINT or SIGTERM; a second one ends the process at once. */
export function untilInterrupted(): Interrupted {
  const controller = new AbortController()
  const happens = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const)
      process.once(signal, () => {
        controller.abort(new Error(`Interrupted by ${signal}.`))
        resolve()
      })
  })
  return { signal: controller.signal, happens }
}
