import { type Driver, isObject, type JsonObject, type ProviderFields } from '@squall/contract'
import { activitiesOf } from '../validate/check-references.ts'
import { activityLog } from './activity-log.ts'
import { reasonOf } from './exception-lines.ts'
import { orAbandon } from './or-abandon.ts'
import type { RunScope } from './run-scope.ts'
import { withinTime } from './within-time.ts'

/** What drivers saw of their domains, by package name. A driver that could not tell is not in it. */
export type Survey = ReadonlyMap<string, readonly string[]>

/** Asks every driver that the experiment uses, and that can tell, what is out of the ordinary right now. */
export async function survey(scope: RunScope): Promise<Survey> {
  const found = new Map<string, readonly string[]>()
  for (const [name, driver] of await usedDrivers(scope)) {
    const seen = await seenBy(name, driver, scope)
    if (seen) found.set(name, seen)
  }
  return found
}

/**
 * Tells what is there after the run that was not there before it and that no activity keeps on purpose. Of a driver that
 * could not tell before, nothing can be said after.
 */
export async function reportResidue(before: Survey, scope: RunScope): Promise<void> {
  for (const [driver, found] of await survey(scope)) {
    const expected = before.get(driver)
    const kept = scope.kept.get(driver)
    const fresh = expected && found.filter((item) => !expected.includes(item) && !kept?.has(item))
    if (fresh && fresh.length > 0) scope.events.emit({ type: 'residue-found', driver, found: fresh })
  }
}

/**
 * Does an activity's work. With `keep`, what its driver sees afterwards and did not see before is kept on purpose, so it
 * does not count as left behind.
 */
export async function keepingTrack<Result>(
  activity: JsonObject,
  scope: RunScope,
  work: () => Promise<Result>,
): Promise<Result> {
  const provider = activity['provider']
  if (activity['keep'] !== true || !isObject(provider)) return work()
  const { from } = await scope.registry.resolve(provider as unknown as ProviderFields)
  const { name } = from
  const driver = await from.load()
  const before = await seenBy(name, driver, scope)
  try {
    return await work()
  } finally {
    const after = (await seenBy(name, driver, scope)) ?? []
    const kept = scope.kept.get(name) ?? []
    scope.kept.set(name, new Set([...kept, ...after.filter((item) => before && !before.includes(item))]))
  }
}

/** How long one driver may look. An interruption does not cut it short: the audit matters most where a run was cut off. */
const lookSeconds = 5

/** Undefined when the driver cannot tell in time. */
async function seenBy(name: string, driver: Driver, scope: RunScope): Promise<readonly string[] | undefined> {
  if (!driver.residue) return undefined
  const { clock } = scope
  const look = async (signal: AbortSignal): Promise<readonly string[] | undefined> =>
    driver.residue?.({ signal, log: activityLog(scope.events), clock })
  try {
    const { signal } = new AbortController()
    return await withinTime(lookSeconds, signal, clock, (over) => orAbandon(look(over), over, clock))
  } catch (error) {
    const message = `${name} cannot tell what was left behind: ${reasonOf(error)}.`
    scope.events.emit({ type: 'log', level: 'warning', message })
    return undefined
  }
}

/** Of the drivers that the experiment names, those that can tell. The others are loaded when they are needed. */
async function usedDrivers(scope: RunScope): Promise<Map<string, Driver>> {
  const used = new Map<string, Driver>()
  const { foreground: signal } = scope.interruption
  for (const provider of providersOf(scope)) {
    for (const from of scope.registry.packagesOf(provider)) {
      if (!from.manifest.residue || used.has(from.name)) continue
      // A driver that cannot be loaded is told when its activity's turn comes.
      const driver = await orAbandon(from.load(), signal, scope.clock).catch(() => undefined)
      if (driver) used.set(from.name, driver)
    }
  }
  return used
}

/** Each kind of provider the experiment names, once. */
function providersOf({ experiment }: RunScope): ProviderFields[] {
  const kinds = new Map<string, ProviderFields>()
  for (const { activity } of activitiesOf(experiment as unknown as JsonObject)) {
    const provider = activity['provider']
    if (!isObject(provider) || typeof provider['type'] !== 'string') continue
    kinds.set(
      [provider['type'], provider['module'], provider['func']].join(' '),
      provider as unknown as ProviderFields,
    )
  }
  return [...kinds.values()]
}
