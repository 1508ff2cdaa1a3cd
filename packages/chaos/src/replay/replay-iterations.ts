import type { Fault } from '@squall/contract'
import { planAnother, planIteration } from '../plan/plan-iteration.ts'
import type { IterationRecord } from './iteration-record.ts'

/** An iteration chosen again, and whether it came out as it was. */
export interface ReplayedIteration {
  readonly iteration: number
  readonly faults: readonly Fault[]
  readonly isSame: boolean
}

/**
 * Chooses the faults of recorded iterations again, from their snapshots and seeds. What differs was recorded by another
 * version of the planner, or with another seed where one is given.
 */
export function replayIterations(
  records: readonly IterationRecord[],
  { seed }: { readonly seed?: number } = {},
): readonly ReplayedIteration[] {
  let before: readonly Fault[] = []
  let attempt = 0
  let last: string | undefined
  return records.map((record) => {
    const { iteration, seed: recorded } = record.request
    const key = `${recorded}/${iteration}`
    attempt = key === last ? attempt + 1 : 0
    if (attempt === 0) before = []
    last = key
    const request = { ...record.request, seed: seed ?? recorded }
    const plan =
      attempt === 0
        ? planIteration(record.snapshot, request)
        : planAnother(record.snapshot, request, { already: before, attempt })
    const faults = plan.faults.map(({ fault }) => fault)
    const as = record.plan.faults.map(({ fault }) => fault)
    before = [...before, ...as]
    return { iteration, faults, isSame: JSON.stringify(faults) === JSON.stringify(as) }
  })
}
