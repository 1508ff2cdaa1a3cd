import type { JsonObject } from '@squall/contract'
import { type ControlCheck, checkControlProviders } from './check-control-providers.ts'
import { checkControlReferences } from './check-control-references.ts'
import type { PlacedActivity } from './check-references.ts'
import { controlsOf } from './controls-of.ts'
import type { Problems } from './problem.ts'

/** Checks all controls that an experiment declares (spec 17.1). */
export async function checkDeclaredControls(
  experiment: JsonObject,
  activities: readonly PlacedActivity[],
  check: ControlCheck,
  problems: Problems,
): Promise<void> {
  const controls = controlsOf(experiment, activities)
  checkControlReferences(controls, problems)
  await checkControlProviders(controls, check, problems)
}
