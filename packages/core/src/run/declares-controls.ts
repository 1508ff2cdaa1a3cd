import type { ExperimentFields } from '@squall/contract'
import { isObject, type JsonValue } from '@squall/contract'
import { listOf, probesOf } from './run-scope.ts'

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
