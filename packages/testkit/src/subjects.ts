import type { Activity, Driver } from '@squall/contract'
import type { DriverSamples, ProviderSample, Sample } from './samples.ts'
import type { Subject } from './subject.ts'

type Source = Pick<Subject, 'makeDriver' | 'driverFile'>

/** Everything of a driver that has a sample. */
export function subjectsOf(driver: Driver, samples: DriverSamples, source: Source): readonly Subject[] {
  const activities = Object.entries(driver.activities ?? {}).flatMap(([func, activity]) =>
    listOf(samples.activities?.[func]).map((sample) => ofActivity(func, activity, sample, source)),
  )
  const providers = Object.keys(driver.providers ?? {}).flatMap((type) =>
    listOf(samples.providers?.[type]).map((sample) => ofProvider(type, driver, sample, source)),
  )
  return [...activities, ...providers]
}

/** What of a driver has no sample, and which samples are for nothing it has. */
export function gapsIn(driver: Driver, samples: DriverSamples): readonly string[] {
  return [
    ...gapsBetween(driver.activities, samples.activities, 'activity'),
    ...gapsBetween(driver.providers, samples.providers, 'provider type'),
  ]
}

function gapsBetween(
  parts: object = {},
  given: DriverSamples['activities'] = {},
  what: string,
): readonly string[] {
  const missing = Object.keys(parts).filter((name) => listOf(given[name]).length === 0)
  const idle = Object.keys(given).filter((name) => !Object.hasOwn(parts, name))
  return [
    ...missing.map((name) => `give a sample for '${name}'`),
    ...idle.map((name) => `there is no ${what} '${name}' for its sample`),
  ]
}

function ofActivity(func: string, activity: Activity, sample: Sample, source: Source): Subject {
  const { kind, result } = activity
  return {
    ...source,
    name: titled(func, sample),
    address: { type: 'activity', func },
    kind,
    undoneBy: activity.kind === 'action' ? (activity.undoneBy ?? []) : [],
    result,
    sample,
  }
}

function ofProvider(provider: string, driver: Driver, sample: ProviderSample, source: Source): Subject {
  const { kind, undoable = false } = sample
  return {
    ...source,
    name: titled(provider, sample),
    address: { type: 'provider', provider, kind },
    kind,
    undoneBy: undoable ? Object.keys(driver.undo ?? {}) : [],
    sample,
  }
}

function titled(name: string, { title }: Sample): string {
  return title === undefined ? name : `${name} (${title})`
}

function listOf<Item>(value: Item | readonly Item[] | undefined): readonly Item[] {
  if (value === undefined) return []
  return Array.isArray(value) ? value : [value as Item]
}
