import { pathToFileURL } from 'node:url'
import { type Driver, manifestOf, type RunEvent } from '@squall/contract'
import type { DriverPackage } from '../drivers/driver-package.ts'
import { readDriverPackage } from '../drivers/read-package.ts'
import { DriverRegistry } from '../drivers/registry.ts'
import type { RunCard } from './run-card.ts'

/**
 * The drivers a run used, as far as they are still there: by the folders on its card, and by the files its undo records
 * name where a folder is no package of a driver any more.
 */
export async function registryOfRun(card: RunCard, records: readonly RunEvent[]): Promise<DriverRegistry> {
  const found = new Map<string, DriverPackage>()
  for (const { name, folder } of card.drivers) {
    const driver = await readDriverPackage(folder).catch(() => undefined)
    if (driver) found.set(name, driver)
  }
  for (const event of records) {
    if (event.type !== 'undo-registered' || found.has(event.driver.package) || event.driver.file === '')
      continue
    const driver = await fromFile(event.driver).catch(() => undefined)
    if (driver) found.set(event.driver.package, driver)
  }
  const drivers = [...found.values()]
  return new DriverRegistry(drivers, choicesAmong(drivers, card.choices ?? {}), card.driverOptions)
}

/** The run's own choice where two packages provide one type, else any: an undo is found by its package anyway. */
function choicesAmong(
  drivers: readonly DriverPackage[],
  chosen: Readonly<Record<string, string>>,
): Record<string, string> {
  const choices = drivers.flatMap(({ name, manifest }) =>
    Object.keys(manifest.providers).map((type) => [type, name] as const),
  )
  const stillThere = Object.entries(chosen).filter(([, name]) =>
    drivers.some((driver) => driver.name === name),
  )
  return Object.fromEntries([...choices, ...stillThere])
}

async function fromFile(recorded: {
  package: string
  version: string
  file: string
}): Promise<DriverPackage> {
  const module = (await import(pathToFileURL(recorded.file).href)) as { default: Driver }
  const { package: name, version, file } = recorded
  return {
    name,
    version,
    file,
    folder: file,
    manifest: manifestOf(module.default),
    load: async () => module.default,
  }
}
