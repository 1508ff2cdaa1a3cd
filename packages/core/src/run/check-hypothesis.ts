import {
  type HypothesisPhase,
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
import { shown, ToleranceMisfit, verdict } from '../tolerance/tolerance.ts'
import { playActivity, resolveRef } from './activity.ts'
import { carryOut } from './carry-out.ts'
import type { ActivityOutcome } from './place.ts'
import { probesOf, type RunScope } from './run-scope.ts'

export interface HypothesisResult {
  readonly met: boolean
  /** True when a probe itself failed, rather than being out of tolerance. */
  readonly probeFailed: boolean
  readonly reason: string
}

/**
 * Evaluates the steady state once: probes in order until one fails or is out of tolerance (spec 9.1). Rejects on an
 * interruption and on an error no provider foresaw.
 */
export async function checkHypothesis(
  phase: HypothesisPhase,
  check: number,
  signal: AbortSignal,
  scope: RunScope,
): Promise<HypothesisResult> {
  if (!scope.controls) return checkProbes(phase, check, signal, scope)
  return scope.controls.aroundCheck({ phase, check, signal }, (started) =>
    checkProbes(phase, check, signal, scope, started),
  )
}

async function checkProbes(
  phase: HypothesisPhase,
  check: number,
  signal: AbortSignal,
  scope: RunScope,
  started?: () => void,
): Promise<HypothesisResult> {
  const title = textOf(scope.experiment['steady-state-hypothesis']?.title ?? '')
  scope.events.emit({ type: 'hypothesis-started', phase, check, title })
  started?.()
  let met: boolean | null = null
  try {
    for (const entry of probesOf(scope.experiment)) {
      const result = await checkProbe(entry, { phase, check, background: false, signal }, scope)
      if (!result.met) {
        met = false
        return result
      }
    }
    met = true
    return { met, probeFailed: false, reason: 'all probes are within tolerance' }
  } finally {
    scope.events.emit({ type: 'hypothesis-completed', phase, check, met })
  }
}

async function checkProbe(
  entry: JsonValue,
  place: Parameters<typeof playActivity>[1],
  scope: RunScope,
): Promise<HypothesisResult> {
  const activity = resolveRef(entry, scope)
  const outcome = await playActivity(activity, place, scope)
  const name = textOf(activity['name'])
  if (outcome.status === 'failed') {
    scope.events.emit({ type: 'tolerance-checked', id: outcome.id, met: false })
    return { met: false, probeFailed: true, reason: `the probe '${name}' failed` }
  }
  // The tolerance is read from the entry in the hypothesis, also where that is a ref (spec 5.1).
  const { tolerance } = entry as JsonObject
  const result = await judge(outcome, tolerance, place.signal, scope)
  scope.events.emit({ type: 'tolerance-checked', id: outcome.id, ...result })
  return {
    met: result.met,
    probeFailed: false,
    reason: `'${name}' is ${result.met ? 'within' : 'out of'} tolerance`,
  }
}

/** Checks a tolerance against what a probe answered. Rejects with `SQUALL_TOLERANCE_UNCHECKABLE`. */
export async function judge(
  { activity, id, output }: ActivityOutcome,
  tolerance: JsonValue | undefined,
  signal: AbortSignal,
  scope: RunScope,
): Promise<ToleranceVerdict> {
  if (scope.dry === 'probes' || scope.dry === 'activities') return { met: true }
  return judgeOutput({ activity, tolerance, output, id }, signal, scope)
}

type ToleranceVerdict = Awaited<ReturnType<typeof checkTolerance>>

export interface Judged {
  readonly activity: JsonObject
  readonly tolerance: JsonValue | undefined
  readonly output: JsonValue
  /** Of the activity as the events have it; 0 for what is no activity of the run. */
  readonly id: number
}

/** Checks an output against a tolerance. Rejects with `SQUALL_TOLERANCE_UNCHECKABLE`. */
export async function judgeOutput(
  { activity, tolerance, output, id }: Judged,
  signal: AbortSignal,
  scope: RunScope,
): Promise<ToleranceVerdict> {
  try {
    return await checkTolerance(tolerance, output, scope.variables, toleranceProbe(id, signal, scope))
  } catch (cause) {
    // A SyntaxError is a pattern or path that does not parse, which validation would have found.
    if (!(cause instanceof ToleranceMisfit || cause instanceof SyntaxError)) throw cause
    throw new SquallError(
      'SQUALL_TOLERANCE_UNCHECKABLE',
      { activity: textOf(activity['name']), reason: cause.message },
      { cause },
    )
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
