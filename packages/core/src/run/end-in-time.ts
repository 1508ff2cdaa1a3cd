import type { Clock } from '@squall/contract'
import { stopFileOf, watchStopFiles } from '../host/stop-files.ts'
import type { Interruption } from './interruption.ts'

export interface EndInTimeOptions {
  /** Where the log of the run lies: any shell of this user can put a stop file there. */
  readonly folder: string
  readonly stopFile: string | undefined
  /** Seconds. */
  readonly maxDuration: number | undefined
  readonly clock: Clock
  readonly interruption: Interruption
}

/** Ends the run when it is told to from outside, or when its time is up. Returns how to call that off. */
export function endInTime({
  folder,
  stopFile,
  maxDuration,
  clock,
  interruption,
}: EndInTimeOptions): () => void {
  const files = [stopFileOf(folder), ...(stopFile === undefined ? [] : [stopFile])]
  const stopLooking = watchStopFiles(files, () => interruption.request('a stop request'))
  const over = new AbortController()
  if (maxDuration !== undefined) {
    clock.sleep(maxDuration * 1000, over.signal).then(
      () => interruption.request('its maximum duration'),
      // The run ended first.
      () => undefined,
    )
  }
  return () => {
    stopLooking()
    over.abort()
  }
}
