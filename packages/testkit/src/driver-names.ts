import type { Driver } from '@squall/contract'

/** Everything in a driver that has a name. */
export interface DriverNames {
  readonly driver: string
  readonly activities: readonly string[]
  readonly undo: readonly string[]
  readonly providers: readonly string[]
  readonly controls: readonly string[]
  readonly resolvers: readonly string[]
  readonly notifiers: readonly string[]
}

export function namesOf(driver: Driver): DriverNames {
  const { activities = {}, undo = {}, providers = {}, controls = {}, resolvers = {}, notifiers = {} } = driver
  return {
    driver: driver.name,
    activities: Object.keys(activities),
    undo: Object.keys(undo),
    providers: Object.keys(providers),
    controls: Object.keys(controls),
    resolvers: Object.keys(resolvers),
    notifiers: Object.keys(notifiers),
  }
}
