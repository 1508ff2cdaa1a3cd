import { isObject, type JsonObject, type JsonValue, type OnFailure } from '@squall/contract'
import { textOf } from '../configuration/text-of.ts'
import type { ToleranceResult } from '../tolerance/tolerance.ts'
import type { RunScope } from './run-scope.ts'

const choices: readonly string[] = ['continue', 'stop', 'abort'] satisfies OnFailure[]

/** What of an activity's outcome decides whether the run goes on. */
export interface Ending {
  readonly activity: JsonObject
  readonly status: 'succeeded' | 'failed'
  readonly judged?: ToleranceResult
}

/** What a failure does: as the entry says, which may be a ref, else as the activity says. */
export function onFailureOf(entry: JsonValue, activity: JsonObject): OnFailure {
  const own = isObject(entry) ? entry['onFailure'] : undefined
  const chosen = own ?? activity['onFailure']
  return choices.includes(chosen as string) ? (chosen as OnFailure) : 'continue'
}

/** Whether the list that the entry stands in goes on. Where it does not, the run has the status that says so. */
export function goesOn(ending: Ending, entry: JsonValue, scope: RunScope): boolean {
  const problem = problemOf(ending)
  const choice = problem === undefined ? 'continue' : onFailureOf(entry, ending.activity)
  if (choice === 'continue') return true
  // A run that is over keeps the reason it has.
  if (scope.state.isOver) return false
  const reason = `'${textOf(ending.activity['name'])}' ${problem}, and its \`onFailure\` is ${choice}`
  if (choice === 'stop') scope.state.stop(reason)
  else scope.state.set('aborted', reason)
  return false
}

function problemOf({ status, judged }: Ending): string | undefined {
  if (status === 'failed') return 'failed'
  return judged?.met === false ? 'is out of tolerance' : undefined
}
