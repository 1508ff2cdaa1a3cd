import { ActivityFailed, hasCode, type JsonObject, type JsonValue } from '@squall/contract'
import { carryOut } from '../run/carry-out.ts'
import { reasonOf } from '../run/exception-lines.ts'
import { judgeOutput } from '../run/judge.ts'
import type { RunScope } from '../run/run-scope.ts'

/** What a probe of a control found. */
export interface ProbeAnswer {
  readonly output: JsonValue
  readonly met: boolean
  readonly reason: string
}

/** Runs a probe that a control declares: no controls act around it and it is not in the journal. A failed one is not met. */
export async function probeFor(
  activity: JsonObject,
  signal: AbortSignal,
  scope: RunScope,
): Promise<ProbeAnswer> {
  const undo = () => Promise.reject(new ActivityFailed('The probe of a control may change nothing.'))
  let output: JsonValue
  try {
    output = await carryOut(activity, { id: 0, signal, undo }, scope)
  } catch (error) {
    if (!hasCode(error, 'SQUALL_ACTIVITY_FAILED')) throw error
    return { output: null, met: false, reason: reasonOf(error) }
  }
  const { tolerance } = activity
  if (tolerance === undefined) return { output, met: true, reason: 'it declares no tolerance' }
  const verdict = await judgeOutput({ activity, output, id: 0 }, tolerance, signal, scope)
  const reason = verdict.met ? 'within tolerance' : `expected ${verdict.expected}, found ${verdict.actual}`
  return { output, met: verdict.met, reason }
}
