import { type FoundRun, findRuns } from '../recovery/find-runs.ts'
import { type Healing, healRun } from '../recovery/heal-run.ts'
import { systemClock } from './clock.ts'
import { healOptions } from './heal-options.ts'
import { isAlive } from './process-identity.ts'
import { runsFolder } from './state-folder.ts'

/** The runs of this user that have not ended: those that go on, and those whose runner is gone. */
export function unfinishedRuns(): Promise<FoundRun[]> {
  return findRuns(runsFolder(), isAlive, systemClock.now)
}

/** Finishes a run whose runner is gone. Leaves alone what still runs or what another healer is at. */
export function recoverRun(folder: string): Promise<Healing> {
  return healRun(folder, healOptions())
}
