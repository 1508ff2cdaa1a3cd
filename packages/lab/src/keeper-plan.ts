/** What the keeper sees of one living instance. */
export interface Sighting {
  readonly pid: number
  readonly startedAt: string
  readonly port: number | null
  /** Whether it answered to the health check in time. */
  readonly answered: boolean
}

export interface KeeperRules {
  readonly instances: number
  readonly recoverAfterMs: number
  /** Health checks an instance may miss in a row before it counts as frozen. */
  readonly missesAllowed: number
}

/** What the keeper remembers about one service. */
export interface KeeperState {
  /** Since when each missing instance is missing, oldest first. */
  readonly missingSince: readonly number[]
  /** Health checks missed in a row, by process. */
  readonly misses: ReadonlyMap<string, number>
}

export interface KeeperPlan {
  readonly state: KeeperState
  /** How many instances to start now. */
  readonly start: number
  /** Frozen instances to kill first: they hold a port of the range. */
  readonly kill: readonly Sighting[]
  /** Set when the number of healthy instances is complete again: how long it was not, in milliseconds. */
  readonly restoredAfterMs?: number
}

export const nothingMissing: KeeperState = { missingSince: [], misses: new Map() }

/** Decides what to do for one service. `starting` instances were begun earlier and are not among the sightings yet. */
export function planKeeping(
  before: KeeperState,
  seen: { readonly now: number; readonly sightings: readonly Sighting[]; readonly starting: number },
  rules: KeeperRules,
): KeeperPlan {
  const misses = new Map(
    seen.sightings.map((sighting) => [
      markOf(sighting),
      sighting.answered ? 0 : missesOf(before, sighting) + 1,
    ]),
  )
  const frozen = seen.sightings.filter((one) => (misses.get(markOf(one)) ?? 0) > rules.missesAllowed)
  const missing = Math.max(0, rules.instances - (seen.sightings.length - frozen.length))
  const missingSince = missingTimes(before.missingSince, missing, seen.now)
  const due = missingSince.filter((since) => seen.now - since >= rules.recoverAfterMs).length
  const start = Math.max(0, due - seen.starting)
  const wasMissing = before.missingSince[0]
  return {
    state: { missingSince, misses },
    start,
    kill: frozen.slice(0, start),
    ...(missing === 0 && wasMissing !== undefined ? { restoredAfterMs: seen.now - wasMissing } : {}),
  }
}

function missingTimes(before: readonly number[], missing: number, now: number): number[] {
  const kept = before.slice(Math.max(0, before.length - missing))
  return [...kept, ...Array.from({ length: missing - kept.length }, () => now)]
}

function missesOf(state: KeeperState, sighting: Sighting): number {
  return state.misses.get(markOf(sighting)) ?? 0
}

function markOf(sighting: Sighting): string {
  return `${sighting.pid}:${sighting.startedAt}`
}
