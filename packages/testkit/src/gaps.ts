import type { Driver } from '@squall/contract'
import { listOf } from './sample-list.ts'
import type { DriverSamples, Samples } from './samples.ts'

/** What of a driver has no sample, and which samples are for nothing it has. */
export function gapsIn(driver: Driver, samples: DriverSamples): readonly string[] {
  const withControls = Object.entries(driver.providers ?? {}).filter(([, { controls }]) => controls)
  const discoverer = driver.discoverer ? { discoverer: driver.discoverer } : {}
  const sampled = samples.discoverer ? { discoverer: samples.discoverer } : {}
  return [
    ...gapsBetween(driver.activities, samples.activities, 'activity', ''),
    ...gapsBetween(driver.providers, samples.providers, 'provider type', ''),
    ...gapsBetween(driver.controls, samples.controls, 'control'),
    ...gapsBetween(Object.fromEntries(withControls), samples.providerControls, 'provider type with controls'),
    ...gapsBetween(driver.resolvers, samples.resolvers, 'resolver'),
    ...gapsBetween(driver.notifiers, samples.notifiers, 'notifier'),
    ...gapsBetween(discoverer, sampled, 'discoverer'),
    ...gapsBetween(driver.loaders, samples.loaders, 'loader'),
    ...gapsBetween(driver.clusters, samples.clusters, 'cluster'),
  ]
}

function gapsBetween(
  parts: object = {},
  given: Samples<unknown> = {},
  what: string,
  which: string = `the ${what} `,
): readonly string[] {
  const missing = Object.keys(parts).filter((name) => listOf(given[name]).length === 0)
  const idle = Object.keys(given).filter((name) => !Object.hasOwn(parts, name))
  return [
    ...missing.map((name) => `give a sample for ${which}'${name}'`),
    ...idle.map((name) => `there is no ${what} '${name}' for its sample`),
  ]
}
