import type { Driver, JsonObject } from '@squall/contract'
import type { AbilityScene, SaidRefusal } from '../ability-samples.ts'
import type { Law } from '../law.ts'
import type { Deed } from './deed.ts'

/** What the laws are tried on: something that a driver offers besides activities, with one sample. */
export interface Ability<Place extends AbilityScene = AbilityScene> {
  /** `control repeat`, or `control repeat (one of several)`. */
  readonly name: string
  readonly makeDriver: () => Driver
  /** URL of the built driver. */
  readonly driverFile: string
  readonly sample: {
    readonly prepare: () => Promise<Place> | Place
    readonly long: false | (() => Promise<Place> | Place)
    readonly refuses?: false | readonly SaidRefusal[]
  }
  /** What is called on a place. `secrets` are in it, beside those of the place. */
  deedOn(place: Place, secrets: JsonObject): Deed
}

export function lawAbout({ name }: { readonly name: string }, text: string, check: () => Promise<void>): Law {
  return { name: `${name}: ${text}`, check }
}
