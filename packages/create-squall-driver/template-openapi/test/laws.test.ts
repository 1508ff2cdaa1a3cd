import { type DriverSamples, driverLaws, type Scene } from '@squall/testkit'
import { describe, it } from 'vitest'
import { startServer } from '../example/server.mjs'
import driver from '../src/index.ts'
import { type ActivitySample, addresses, samples, secrets } from './samples.ts'

/** A server of its own for each law: what it received is what a driver has done. */
async function scene({ input }: ActivitySample, isSilent: boolean): Promise<Scene> {
  const server = await startServer({ isSilent })
  return {
    input,
    secrets,
    configuration: Object.fromEntries(addresses.map((key) => [key, server.url])),
    look: () => [...server.received],
    underway: () => server.received.length > 0,
    cleanUp: () => server.close(),
  }
}

const activities = Object.entries(samples).map(([name, sample]) => {
  const { refuses } = sample
  return [name, { prepare: () => scene(sample, false), long: () => scene(sample, true), refuses }]
})

const laws = driverLaws(() => driver, {
  driverFile: new URL('../dist/index.js', import.meta.url),
  activities: Object.fromEntries(activities) as DriverSamples['activities'],
})

describe('the driver keeps every law', () => {
  for (const law of laws) it(law.name, law.check, 30_000)
})
