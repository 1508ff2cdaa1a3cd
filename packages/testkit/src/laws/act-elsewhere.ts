import type { Elsewhere } from '../host/elsewhere.ts'
import type { ActOrder } from '../host/orders.ts'
import { LawBroken } from '../law.ts'
import { patience, until } from '../patience.ts'
import type { Stage } from '../stage.ts'

/** What another process has to be told to play the activity on this target. */
export function actOrder({ subject, address, directory, scene }: Stage): ActOrder {
  const { input, configuration = {}, secrets = {} } = scene
  const surroundings = { directory, configuration, secrets }
  return { type: 'act', driverFile: subject.driverFile, address, input, surroundings }
}

/** Resolves once the activity in the other process is in the middle of a `long` scene. */
export async function untilMiddle(elsewhere: Elsewhere, stage: Stage): Promise<void> {
  const isIn = () => stage.isUnderway(elsewhere.has('registered'))
  if ((await until(async () => elsewhere.isOver || isIn(), patience.call)) && !elsewhere.isOver) return
  if (elsewhere.has('failed')) await elsewhere.report('registered')
  throw new LawBroken("Its 'long' scene was never in the middle of it.")
}
