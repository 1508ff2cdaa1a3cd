import type { FaultContext, FaultOutcome } from '@squall/contract'
import type { Workshop } from '../membership.ts'

/** What a fault works with. */
export interface FaultWork extends Workshop, Pick<FaultContext, 'undo'> {}

export const done: FaultOutcome = { outcome: 'done' }

export function refused(outcome: Exclude<FaultOutcome['outcome'], 'done'>, reason: string): FaultOutcome {
  return { outcome, reason }
}
