import { type Driver, isObject, type JsonObject, type ProviderFields } from '@squall/contract'
import { activitiesOf } from '../validate/check-references.ts'
import { activityLog } from './activity-log.ts'
import { reasonOf } from './exception-lines.ts'
import type { RunScope } from './run-scope.ts'

/** What drivers saw of their domains, by package name. */
export type Survey = ReadonlyMap<string, readonly string[]>

/** Asks every driver that the experiment uses, and that can tell, what is out of the ordinary right now. */
export async function survey(scope: RunScope): Promise<Survey> {
  const found = new Map<string, readonly string[]>()
  for (const [name, driver] of await usedDrivers(scope)) {
    if (!driver.residue) continue
    const context = {
      signal: scope.interruption.background,
      log: activityLog(scope.events),
      clock: scope.clock,
    }
    try {
      found.set(name, await driver.residue(context))
    } catch (error) {
      const message = `${name} cannot tell what it left behind: ${reasonOf(error)}.`
      scope.events.emit({ type: 'log', level: 'warning', message })
    }
  }
  return found
}

/** Tells what is there after the run that was not there before it. Resolves to whether there was anything. */
export async function reportResidue(before: Survey, scope: RunScope): Promise<boolean> {
  let hasResidue = false
  for (const [driver, found] of await survey(scope)) {
    const fresh = found.filter((item) => !(before.get(driver) ?? []).includes(item))
    if (fresh.length === 0) continue
    hasResidue = true
    scope.events.emit({ type: 'residue-found', driver, found: fresh })
  }
  return hasResidue
}

async function usedDrivers(scope: RunScope): Promise<Map<string, Driver>> {
  const used = new Map<string, Driver>()
  for (const provider of providersOf(scope)) {
    // An activity that nobody can play is told when its turn comes.
    const resolved = await scope.registry.resolve(provider).catch(() => undefined)
    if (resolved && !used.has(resolved.from.name)) used.set(resolved.from.name, await resolved.from.load())
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
