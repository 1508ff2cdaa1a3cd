import type { ClusterSnapshot } from '@squall/contract'
import { internalSettings } from '../parameters/internal-settings.ts'
import { type ClusterView, viewOf } from './cluster-view.ts'
import { excludeListed, excludeUnlisted } from './exclude.ts'
import type { PlanRequest } from './plan-request.ts'
import { noRules } from './rule-names.ts'
import { markSnapshot } from './snapshot-marks.ts'

/** A snapshot as an iteration finds it: filtered, and marked by S1 to S4. */
export function markedView(snapshot: ClusterSnapshot, request: PlanRequest): ClusterView {
  const { parameters, options, without = noRules } = request
  const view = viewOf(snapshot, internalSettings(parameters.context))
  excludeUnlisted(view, parameters.targetFilter)
  excludeListed(view, options?.exclude)
  markSnapshot(view, without)
  return view
}
