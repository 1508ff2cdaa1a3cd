import type { Driver, JsonObject } from '@squall/contract'
import type { AbilityScene } from '../ability-samples.ts'
import { LawBroken } from '../law.ts'
import { type LawContextOptions, lawContext } from '../law-context.ts'
import { orTooLate, patience } from '../patience.ts'
import { Running } from '../running.ts'
import { middleOf, preparedBy, thenLeave } from '../set-up.ts'
import type { Ability } from './ability.ts'
import { beginDeed, type Doing } from './begin-deed.ts'
import type { Deed } from './deed.ts'

/** A place that has been set up, and what is called there. */
export class Venue<Place extends AbilityScene = AbilityScene> {
  readonly ability: Ability<Place>
  readonly place: Place
  readonly driver: Driver
  #hasAsked = false
  readonly #calls: { readonly running: Running; readonly doing: Doing }[] = []

  constructor(ability: Ability<Place>, place: Place) {
    this.ability = ability
    this.place = place
    this.driver = ability.makeDriver()
  }

  get directory(): string {
    return this.place.directory ?? '.'
  }

  /** What would be called here. */
  deed(secrets: JsonObject = {}): Deed {
    return this.ability.deedOn(this.place, secrets)
  }

  start(deed: Deed = this.deed(), options: LawContextOptions = {}): Running {
    const abort = new AbortController()
    const context = lawContext({ directory: this.directory, ...options, signal: abort.signal })
    const doing = beginDeed(this.driver, deed, context, () => {
      this.#hasAsked = true
    })
    const running = new Running(doing.work, context, abort)
    this.#calls.push({ running, doing })
    return running
  }

  /** Ends what goes on after the calls that have ended. */
  async finish(): Promise<void> {
    for (const { doing } of this.#calls.splice(0)) await doing.finish()
  }

  /** Resolves once the call is in the middle of a `long` place. */
  middleOf(running: Running): Promise<void> {
    return middleOf(running, () => this.isUnderway(this.#hasAsked), 'place')
  }

  /** `hasAsked`: whether a control has asked a probe of its own, which then waits for an answer. */
  async isUnderway(hasAsked: boolean): Promise<boolean> {
    if (this.place.underway) return this.place.underway()
    if (hasAsked) return true
    const deed = this.deed()
    if (deed.type === 'control' && deed.probe === 'never') return false
    throw new LawBroken(
      `Say with 'underway' in the 'long' place of '${this.ability.name}' when it is in the middle.`,
    )
  }

  /** Ends what still runs and takes the place away. */
  async leave(): Promise<void> {
    const running = this.#calls.map((call) => call.running)
    for (const one of running) one.abort()
    const ended = Promise.all(running.map((one) => one.ended))
    // Who does not listen may do so once the run is over.
    await orTooLate(ended, patience.abort)
    await this.finish()
    await orTooLate(ended, patience.effect)
    await this.place.cleanUp?.()
  }
}

/** Sets a place up, calls something there and takes it away again. */
export async function atVenue<Place extends AbilityScene, Result>(
  ability: Ability<Place>,
  prepare: Ability<Place>['sample']['prepare'],
  play: (venue: Venue<Place>) => Promise<Result>,
): Promise<Result> {
  return thenLeave(new Venue(ability, await preparedBy(prepare, ability.name)), play)
}
