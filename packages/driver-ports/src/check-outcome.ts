import { type ActivityContext, ActivityFailed } from '@squall/contract'
import { emptyHanded } from './selection.ts'
import { type Refusal, refusalText } from './victim.ts'

/** What an activity did and did not do. */
export interface Outcome {
  readonly done: 'killed' | 'paused' | 'resumed'
  readonly touched: number
  readonly refused: readonly Refusal[]
  readonly missing: readonly string[]
}

/** Fails when nobody was touched, unless that is allowed; else warns of what was left alone or is not there. */
export function checkOutcome(
  { done, touched, refused, missing }: Outcome,
  allowNone: boolean,
  { log }: ActivityContext,
): void {
  if (touched === 0 && !allowNone) {
    throw new ActivityFailed(`Nothing was ${done}: ${emptyHanded({ refused, missing })}.`, {
      hint: 'Ask `who_listens` what is there. Set other_users to true for processes of other users, or allow_none to true when finding nobody is fine.',
    })
  }
  for (const text of [...missing, ...refused.map(refusalText)].slice(0, mostWarnings)) {
    log.warn(`Not ${done}: ${text}.`)
  }
}

/** A pattern such as `*` meets hundreds of processes that are left alone; the result names them all. */
const mostWarnings = 10
