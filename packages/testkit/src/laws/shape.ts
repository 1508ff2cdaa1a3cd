import { isDeepStrictEqual } from 'node:util'
import { contractVersion, type Driver, manifestOf } from '@squall/contract'
import { namesOf } from '../driver-names.ts'
import { Elsewhere } from '../host/elsewhere.ts'
import { type Law, LawBroken } from '../law.ts'
import { errorText, shown } from '../shown.ts'
import { writtenManifest } from '../written-manifest.ts'

/** What holds for a driver as a whole, before anything is called. */
export function shapeLaws(makeDriver: () => Driver, driverFile: string): readonly Law[] {
  const law = (text: string, check: (driver: Driver) => Promise<void> | void): Law => ({
    name: `the driver: ${text}`,
    check: async () => check(makeDriver()),
  })
  return [
    law(`follows contract ${contractVersion}`, followsContract),
    law('its names are in snake_case', namesAreSnakeCase),
    law('everything has a summary', everythingHasSummary),
    law('every undoneBy names one of its undo functions', undoneByExists),
    law('its manifest can be derived', manifestIsDerived),
    law('its written manifest is what its code says', (driver) => manifestIsFresh(driver, driverFile)),
    law('its file exports it', (driver) => fileExportsIt(driver, driverFile)),
  ]
}

function followsContract({ contract }: Driver): void {
  if (contract === contractVersion) return
  throw new LawBroken(`Its contract is ${shown(contract)}; this testkit knows ${contractVersion}.`)
}

function namesAreSnakeCase(driver: Driver): void {
  const names = Object.values(namesOf(driver)).flat()
  const wrong = names.filter((name) => !/^[a-z][a-z0-9_]*$/.test(name))
  if (wrong.length > 0) throw new LawBroken(`Not in snake_case: ${wrong.map(shown).join(', ')}.`)
}

function everythingHasSummary(driver: Driver): void {
  const { activities, undo, providers, controls, resolvers, notifiers } = driver
  const parts = [activities, undo, providers, controls, resolvers, notifiers, { [driver.name]: driver }]
  const without = parts
    .flatMap((part) => Object.entries<{ summary: unknown }>(part ?? {}))
    .filter(([, { summary }]) => typeof summary !== 'string' || summary.trim() === '')
  if (without.length > 0)
    throw new LawBroken(`Without a summary: ${without.map(([name]) => name).join(', ')}.`)
}

function undoneByExists(driver: Driver): void {
  const unknown = Object.entries(driver.activities ?? {}).flatMap(([name, activity]) =>
    (activity.kind === 'action' ? (activity.undoneBy ?? []) : [])
      .filter((func) => !Object.hasOwn(driver.undo ?? {}, func))
      .map((func) => `'${func}' of '${name}'`),
  )
  if (unknown.length > 0) throw new LawBroken(`There is no such undo function: ${unknown.join(', ')}.`)
}

function manifestIsDerived(driver: Driver): void {
  try {
    JSON.stringify(manifestOf(driver))
  } catch (cause) {
    throw new LawBroken(`Its manifest cannot be derived: ${errorText(cause)}`, { cause })
  }
}

async function manifestIsFresh(driver: Driver, driverFile: string): Promise<void> {
  const written = await writtenManifest(driverFile).catch((cause: unknown) => {
    throw new LawBroken(`Its manifest cannot be read: ${errorText(cause)}. Build it.`, { cause })
  })
  if (!written) return
  const derived: unknown = JSON.parse(JSON.stringify(manifestOf(driver)))
  if (isDeepStrictEqual(written.manifest, derived)) return
  throw new LawBroken(`${written.file} is not what the code says. Build it.`)
}

async function fileExportsIt(driver: Driver, driverFile: string): Promise<void> {
  await using elsewhere = new Elsewhere({ type: 'describe', driverFile })
  const { names } = await elsewhere.report('described')
  if (isDeepStrictEqual(names, namesOf(driver))) return
  throw new LawBroken(
    `${driverFile} exports ${shown(names)} by default, not ${shown(namesOf(driver))}. Build it.`,
  )
}
