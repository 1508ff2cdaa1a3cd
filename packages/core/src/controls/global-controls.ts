import { type Clock, type Driver, isObject, type JsonObject } from '@squall/contract'
import { DriverRegistry, driverObjects } from '../drivers/registry.ts'
import { systemClock } from '../host/clock.ts'
import { freshSeed } from '../host/seed.ts'
import { copyJson } from '../run/json-result.ts'
import { ControlPool } from './control-pool.ts'

export interface GlobalControlsOptions {
  readonly drivers: DriverRegistry | readonly Driver[]
  /** Relative modules of the controls start here. */
  readonly directory: string
  /** `controls` of these act around every run. Default: none. */
  readonly settings?: JsonObject
  /** What control files declare, in their order: the name of each control to an object with its `provider`. */
  readonly files?: readonly JsonObject[]
  /** Default: the clock of this machine. */
  readonly clock?: Clock
  /** Default: a fresh one. */
  readonly seed?: string
}

/**
 * The controls that no experiment declares, and the place where all controls of one run are opened. Hand the same object
 * to `loadExperiment` and to the run, so that its controls act around both.
 */
export class GlobalControls {
  /** As declarations in an experiment: each with its name. */
  readonly declared: readonly JsonObject[]
  /** What controls see of the settings and may change for each other. */
  readonly settings: JsonObject
  readonly pool: ControlPool

  constructor({ drivers, directory, settings = {}, files = [], clock, seed }: GlobalControlsOptions) {
    const registry = drivers instanceof DriverRegistry ? drivers : new DriverRegistry(driverObjects(drivers))
    const inSettings = isObject(settings['controls']) ? (settings['controls'] as JsonObject) : {}
    const named = new Map([inSettings, ...files].flatMap((file) => Object.entries(file)))
    this.declared = [...named].flatMap(([name, control]) =>
      isObject(control) ? [{ ...(control as JsonObject), name }] : [],
    )
    this.settings = copyJson(settings)
    this.pool = new ControlPool({
      registry,
      directory,
      clock: clock ?? systemClock,
      seed: seed ?? freshSeed(),
    })
  }
}
