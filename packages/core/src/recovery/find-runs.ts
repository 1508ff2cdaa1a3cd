import { readdir, rm } from 'node:fs/promises'
import path from 'node:path'
import type { ProcessIdentity } from '@squall/contract'
import { type RunCard, readCard } from './run-card.ts'
import { endedSuffix } from './settle-log.ts'

/** A run whose log still lies in the state folder. */
export interface FoundRun {
  readonly folder: string
  readonly card: RunCard
  /** `running`: its runner lives. `abandoned`: it does not, and something may have been left behind. */
  readonly status: 'running' | 'abandoned'
}

/**
 * The runs that have not ended properly, oldest first by name. Reads one small file of each, and finishes the removal of
 * logs that was cut off.
 */
export async function findRuns(
  runsFolder: string,
  isAlive: (process: ProcessIdentity) => boolean,
): Promise<FoundRun[]> {
  const names = await readdir(runsFolder).catch(() => [])
  const found = await Promise.all(
    names.sort().map(async (name): Promise<FoundRun | undefined> => {
      const folder = path.join(runsFolder, name)
      if (name.endsWith(endedSuffix)) {
        await rm(folder, { recursive: true, force: true }).catch(() => undefined)
        return undefined
      }
      const card = await readCard(folder)
      return card && { folder, card, status: isAlive(card.runner) ? 'running' : 'abandoned' }
    }),
  )
  return found.filter((run) => run !== undefined)
}
