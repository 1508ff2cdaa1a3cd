import type { FaultOutcome } from '@squall/contract'
import type { Latencies } from '../latencies.ts'

/** What came of a request: refused, or accepted and done after this time. */
export type Begun = FaultOutcome | { readonly doneAfter?: keyof Latencies }

export function refused(outcome: Exclude<FaultOutcome['outcome'], 'done'>, reason: string): FaultOutcome {
  return { outcome, reason }
}
