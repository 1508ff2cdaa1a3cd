import type { Activity, Driver } from '@squall/contract'
import { listOf } from './sample-list.ts'
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
