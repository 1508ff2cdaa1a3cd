import type { Journal, RunStatus } from '@squall/contract'

/** How a run that has not ended is about to end: `time` in milliseconds since the epoch, `duration` in seconds. */
export interface JournalEnd {
  readonly status: RunStatus
  readonly deviated: boolean
  readonly time: number
  readonly duration: number
}

/** The parts of a journal that grow with a run. */
export type JournalParts = Pick<Journal, 'experiment' | 'steady_states' | 'run' | 'rollbacks'>
