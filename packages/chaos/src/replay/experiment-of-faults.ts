import type { ExperimentFields, Fault, HypothesisFields, JsonObject } from '@squall/contract'
import { faultText } from '../faults/fault-text.ts'

export interface FaultExperiment {
  readonly title?: string
  /** What it is about; the seed and where the faults were found belong here. */
  readonly description?: string
  /** Which cluster the faults are for: the arguments `target` and, where it has any, `options` of `inject_fault`. */
  readonly target: string
  readonly options?: JsonObject
  /** How the failure shows. Without it the experiment only repeats the faults. */
  readonly hypothesis?: HypothesisFields
  /** The seed of the run that found them. */
  readonly seed?: number
}

/**
 * Writes a sequence of faults as an ordinary experiment: its method injects them one after the other with the activity
 * `inject_fault` of the driver `chaos`. A fault that names the instance of a node or program means whichever is there
 * when the experiment runs.
 */
export function experimentOfFaults(faults: readonly Fault[], about: FaultExperiment): ExperimentFields {
  const { target, options, hypothesis, seed } = about
  const count = `${faults.length} ${faults.length === 1 ? 'fault' : 'faults'}`
  return {
    title: about.title ?? `${count} that continuous chaos found`,
    description:
      about.description ?? (seed === undefined ? 'Found by squall.' : `Found by squall with seed ${seed}.`),
    tags: ['chaos', ...(seed === undefined ? [] : [`seed:${seed}`])],
    ...(hypothesis && { 'steady-state-hypothesis': hypothesis }),
    method: faults.map((fault, at) => ({
      type: 'action',
      name: `${at + 1}. ${faultText(fault)}`,
      provider: {
        type: 'chaos',
        func: 'inject_fault',
        arguments: { target, ...(options && { options }), fault: anyInstance(fault) },
      },
    })),
    rollbacks: [],
  }
}

/** Instance numbers hold for one run only. */
function anyInstance(fault: Fault): JsonObject {
  return Object.fromEntries(Object.entries(fault).filter(([key]) => key !== 'instanceId'))
}
