import type { Driver } from '@squall/contract'

/** Everything in a driver that has a name. */
export interface DriverNames {
  readonly driver: string
  readonly activities: readonly string[]
  readonly undo: readonly string[]
  readonly providers: readonly string[]
}

export function namesOf({ name, activities = {}, undo = {}, providers = {} }: Driver): DriverNames {
  return {
    driver: name,
    activities: Object.keys(activities),
    undo: Object.keys(undo),
    providers: Object.keys(providers),
  }
}
