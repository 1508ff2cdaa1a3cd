import type { HypothesisPhase, JsonObject, JsonValue } from '@squall/contract'
import { textOf } from '../configuration/text-of.ts'
import { playActivity, resolveRef } from './activity.ts'
import { judge } from './judge.ts'
import type { Place } from './place.ts'
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

async function checkProbe(entry: JsonValue, place: Place, scope: RunScope): Promise<HypothesisResult> {
  const activity = resolveRef(entry, scope)
  // The tolerance is read from the entry in the hypothesis, also where that is a ref (spec 5.1).
  const { tolerance } = entry as JsonObject
  const here: Place = tolerance === undefined ? place : { ...place, tolerance }
  const outcome = await playActivity(activity, here, scope)
  const name = textOf(activity['name'])
  if (outcome.status === 'failed') {
    scope.events.emit({ type: 'tolerance-checked', id: outcome.id, met: false })
    return { met: false, probeFailed: true, reason: `the probe '${name}' failed` }
  }
  // Read again: a control around the probe may have changed it.
  const asked = (entry as JsonObject)['tolerance']
  const result = outcome.judged ?? (await judge(outcome, asked, place.signal, scope))
  scope.events.emit({ type: 'tolerance-checked', id: outcome.id, ...result })
  return {
    met: result.met,
    probeFailed: false,
    reason: `'${name}' is ${result.met ? 'within' : 'out of'} tolerance`,
  }
}
