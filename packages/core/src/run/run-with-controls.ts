import { type ExperimentFields, isObject, type JsonObject, type JsonValue } from '@squall/contract'
import type { GlobalControls } from '../controls/global-controls.ts'
import { listOf, probesOf, type RunScope } from './run-scope.ts'

interface ControlOptions {
  readonly controls?: GlobalControls
  readonly settings?: JsonObject
}

/** The code of controls is loaded for a run that has some: no other start is slowed down by it. */
export async function withControls(scope: RunScope, options: ControlOptions): Promise<RunScope> {
  const { controls, settings = {} } = options
  const declared = controls?.declared.length ?? Object.keys(objectOf(settings['controls'])).length
  if (declared === 0 && !declaresControls(scope.experiment)) return scope
  const { controlledScope } = await import('../controls/controlled-scope.ts')
  return controlledScope(scope, { settings, ...(controls ? { globals: controls } : {}) })
}

function objectOf(value: unknown): object {
  return isObject(value) ? value : {}
}

/** Whether an experiment declares controls anywhere. */
export function declaresControls(experiment: ExperimentFields): boolean {
  return (
    hasControls(experiment) ||
    hasControls(experiment['steady-state-hypothesis']) ||
    listOf(experiment.method).some(hasControls) ||
    probesOf(experiment).some(hasControls) ||
    listOf(experiment.rollbacks as JsonValue | undefined).some(hasControls)
  )
}

function hasControls(holder: unknown): boolean {
  return isObject(holder) && Array.isArray(holder['controls']) && holder['controls'].length > 0
}

/** Hooks after the experiment see how it ended, and may change that. */
export async function completeRun(
  { clock, events, state, controls }: RunScope,
  started: number,
): Promise<void> {
  const { status, deviated } = state
  const duration = Math.round((clock.monotonic() - started) * 1000) / 1_000_000
  const end = { status: status ?? 'completed', deviated, duration }
  const told = await controls?.afterExperiment({ ...end, time: clock.now() })
  events.emit({ type: 'run-completed', ...end, ...told })
}
