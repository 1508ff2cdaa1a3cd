import { existsSync, promises, readdirSync } from 'node:fs'
import path from 'node:path'
import type { ProcessIdentity } from '@squall/contract'
import { hasNotBegun, type RunCard, readCard } from './run-card.ts'
import { endedSuffix } from './settle-log.ts'

/** A run whose log still lies in the state folder. */
export interface FoundRun {
  readonly folder: string
  readonly card: RunCard
  /** `running`: its runner lives. `abandoned`: it does not, and something may have been left behind. */
  readonly status: 'running' | 'abandoned'
}

/** A run writes its card right after it has made its folder: one that has none after so long died in between. */
const withoutCardMs = 60_000

/**
 * The runs that have not ended properly, oldest first by name. Reads one small file of each, and removes what is left of
 * runs that died while they began or ended. `now` is in milliseconds since the epoch.
 */
export async function findRuns(
  runsFolder: string,
  isAlive: (process: ProcessIdentity) => boolean,
  now: () => number,
): Promise<FoundRun[]> {
  const names = namesIn(runsFolder)
  const found = await Promise.all(
    names.sort().map(async (name): Promise<FoundRun | undefined> => {
      const folder = path.join(runsFolder, name)
      const card = name.endsWith(endedSuffix) ? undefined : await readCard(folder)
      if (card) return { folder, card, status: isAlive(card.runner) ? 'running' : 'abandoned' }
      if (await isRemnant(folder, now))
        await promises.rm(folder, { recursive: true, force: true }).catch(() => undefined)
      return undefined
    }),
  )
  return found.filter((run) => run !== undefined)
}

/** Every command looks here, and mostly there is nothing: one quick look is all it may cost. */
function namesIn(folder: string): string[] {
  try {
    return existsSync(folder) ? readdirSync(folder) : []
  } catch {
    // A state folder that cannot be read holds nothing for this user.
    return []
  }
}

async function isRemnant(folder: string, now: () => number): Promise<boolean> {
  if (folder.endsWith(endedSuffix)) return true
  const made = await promises.stat(folder).catch(() => undefined)
  return made !== undefined && now() - made.mtimeMs > withoutCardMs && (await hasNotBegun(folder))
}
