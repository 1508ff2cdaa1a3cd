import {
  hasCode,
  isObject,
  type JsonObject,
  type JsonValue,
  type ProviderFields,
  plainValue,
  SquallError,
} from '@squall/contract'
import { textOf } from '../configuration/text-of.ts'
import { checkTolerance, type RunToleranceProbe } from '../tolerance/check-tolerance.ts'
import { isTruthy } from '../tolerance/python-equality.ts'
import { shown, ToleranceMisfit, type ToleranceResult, verdict } from '../tolerance/tolerance.ts'
import { carryOut } from './carry-out.ts'
import { reasonOf } from './exception-lines.ts'
import type { RunScope } from './run-scope.ts'
import { placed } from './step-missing-place.ts'
import { StepMissing } from './steps.ts'

/** The answer of an activity, and whose it is. */
export interface Answer {
  /** Of the activity as the events have it; 0 for what is no activity of the run. */
  readonly id: number
  readonly activity: JsonObject
  readonly output: JsonValue
}

/** Holds an answer against a tolerance; in a dry run of probes any will do. Rejects as `judgeOutput` does. */
export async function judge(
  answer: Answer,
  tolerance: JsonValue | undefined,
  signal: AbortSignal,
  scope: RunScope,
): Promise<ToleranceResult> {
  if (scope.dry === 'probes' || scope.dry === 'activities') return { met: true }
  return judgeOutput(answer, tolerance, signal, scope)
}

/** Checks an output against a tolerance. Rejects with `SQUALL_TOLERANCE_UNCHECKABLE` where the two do not fit. */
export async function judgeOutput(
  { activity, id, output }: Answer,
  tolerance: JsonValue | undefined,
  signal: AbortSignal,
  scope: RunScope,
): Promise<ToleranceResult> {
  try {
    return await checkTolerance(tolerance, output, scope.variables, toleranceProbe(id, signal, scope))
  } catch (cause) {
    // A SyntaxError is a pattern or path that does not parse, which validation would have found.
    const isExpected = cause instanceof ToleranceMisfit || cause instanceof StepMissing
    if (!(isExpected || cause instanceof SyntaxError)) throw cause
    throw new SquallError(
      'SQUALL_TOLERANCE_UNCHECKABLE',
      { activity: textOf(activity['name']), reason: reasonOf(placed(cause, activity)) },
      { cause },
    )
  }
}

/**
 * As `judge`, for tolerances that the reference does not have: an answer that does not fit at all is out of tolerance, as
 * a service that is about to recover may answer with anything.
 */
export async function judgeLeniently(
  answer: Answer,
  tolerance: JsonValue | undefined,
  signal: AbortSignal,
  scope: RunScope,
): Promise<ToleranceResult> {
  try {
    return await judge(answer, tolerance, signal, scope)
  } catch (error) {
    if (!hasCode(error, 'SQUALL_TOLERANCE_UNCHECKABLE')) throw error
    return { met: false, expected: 'a tolerance that fits the answer', actual: reasonOf(error) }
  }
}

/** The probe of a tolerance gets the output as its argument `value`; its answer decides (spec 7). */
function toleranceProbe(id: number, signal: AbortSignal, scope: RunScope): RunToleranceProbe {
  return async (tolerance, value) => {
    if (!isObject(tolerance['provider'])) throw new ToleranceMisfit('its probe has no provider')
    const declared = tolerance['provider'] as unknown as ProviderFields
    const given = isObject(declared.arguments) ? declared.arguments : {}
    const provider: ProviderFields = { ...declared, arguments: { ...given, value } as JsonObject }
    const activity: JsonObject = { ...tolerance, type: 'probe', provider: provider as unknown as JsonObject }
    const expected = `a true answer of '${textOf(tolerance['name'])}'`
    try {
      const answer = plainValue(await carryOut(activity, { id, signal }, scope))
      return verdict(isTruthy(answer), expected, answer)
    } catch (error) {
      if (!hasCode(error, 'SQUALL_ACTIVITY_FAILED')) throw error
      return { met: false, expected, actual: `it failed: ${shown(error.message)}` }
    }
  }
}
