import {
  type Activity,
  type Alias,
  type Driver,
  type JsonObject,
  manifestOf,
  type ProviderFields,
  type ProviderType,
  SquallError,
  type Undo,
} from '@squall/contract'
import { textOf } from '../configuration/text-of.ts'
import { closest } from './closest.ts'
import type { DriverPackage } from './driver-package.ts'
import { knownPackages } from './known-packages.ts'

/** What carries an activity out, found by its `provider` object. */
export type Resolved =
  | {
      readonly type: 'activity'
      readonly from: DriverPackage
      readonly name: string
      readonly activity: Activity
    }
  | { readonly type: 'provider'; readonly from: DriverPackage; readonly provider: ProviderType }

/** The installed drivers, addressed by provider type. Loads the code of those that are used, and only then. */
export class DriverRegistry {
  readonly drivers: readonly DriverPackage[]
  readonly #byType = new Map<string, DriverPackage>()
  readonly #resolved = new Map<string, Promise<Resolved>>()
  readonly #loaded = new Set<Driver>()
  readonly #options: Readonly<Record<string, JsonObject>>

  /**
   * `choices` settles which package serves a provider type that two of them claim: type to package name; `options` are
   * each driver's own, by its name. Throws `SQUALL_PROVIDER_CLASH` for a claim that is not settled.
   */
  constructor(
    drivers: readonly DriverPackage[],
    choices: Readonly<Record<string, string>> = {},
    options: Readonly<Record<string, JsonObject>> = {},
  ) {
    this.#options = options
    const known = drivers.map((driver) => ({ ...driver, load: () => this.#load(driver) }))
    this.drivers = known.sort((a, b) => (a.name < b.name ? -1 : 1))
    for (const driver of this.drivers) {
      for (const type of Object.keys(driver.manifest.providers)) this.#claim(type, driver, own(choices, type))
    }
  }

  async #load(driver: DriverPackage): Promise<Driver> {
    const loaded = await driver.load()
    this.#loaded.add(loaded)
    return loaded
  }

  #claim(type: string, driver: DriverPackage, choice: string | undefined): void {
    const owner = this.#byType.get(type)
    if (choice !== undefined && choice !== driver.name && this.drivers.some(({ name }) => name === choice))
      return
    if (!owner || choice === driver.name) {
      this.#byType.set(type, driver)
      return
    }
    const shown = ({ name, folder }: DriverPackage): string => `${name} (${folder})`
    throw new SquallError('SQUALL_PROVIDER_CLASH', { type, first: shown(owner), second: shown(driver) })
  }

  /** The options a driver has from settings and the command line. */
  optionsOf({ manifest }: DriverPackage): JsonObject {
    return own(this.#options, manifest.name) ?? {}
  }

  /** Every provider type with the package that serves it. */
  get types(): ReadonlyMap<string, DriverPackage> {
    return this.#byType
  }

  /**
   * Finds what a provider object means. Rejects with `SQUALL_DRIVER_MISSING`, `SQUALL_ACTIVITY_UNKNOWN`,
   * `SQUALL_DRIVER_BROKEN`.
   */
  resolve(provider: ProviderFields): Promise<Resolved> {
    const key = JSON.stringify([provider.type, provider['module'], provider.func])
    let resolved = this.#resolved.get(key)
    if (!resolved) {
      resolved = this.#find(provider)
      this.#resolved.set(key, resolved)
    }
    return resolved
  }

  async #find(provider: ProviderFields): Promise<Resolved> {
    const from = this.#byType.get(provider.type)
    if (!from) return this.#findAlias(provider)
    const driver = await from.load()
    const raw = own(driver.providers, provider.type)
    if (raw && (await this.#isLeftToAlias(provider, from, raw))) return this.#findAlias(provider)
    if (raw) return { type: 'provider', from, provider: raw }
    return findActivity(from, driver, provider.type, provider.func)
  }

  /** An alias stands in only where what it stands in for is not there. */
  async #isLeftToAlias(provider: ProviderFields, from: DriverPackage, raw: ProviderType): Promise<boolean> {
    if (!raw.offers || this.#aliasesOf(provider).length === 0) return false
    return !(await raw.offers(provider, { options: this.optionsOf(from) }))
  }

  #aliasesOf({ type, module }: ProviderFields): (Alias & { readonly name: string })[] {
    return this.drivers.flatMap(({ name, manifest }) =>
      manifest.aliases
        .filter((alias) => alias.provider === type && alias.module === module)
        .map((alias) => ({ ...alias, name })),
    )
  }

  /**
   * The packages that may serve a provider object, without loading them: that of its type, and the one whose alias may
   * stand in for it.
   */
  packagesOf(provider: ProviderFields): readonly DriverPackage[] {
    const func = textOf(provider.func)
    const targets = this.#aliasesOf(provider).map(({ functions }) => own(functions, func)?.provider)
    const found = [provider.type, ...targets].map((type) => type && this.#byType.get(type))
    return found.filter((driver) => typeof driver === 'object')
  }

  /** Ends what drivers keep between calls, such as worker processes. A driver that fails to is let go. */
  async close(): Promise<void> {
    await Promise.allSettled([...this.#loaded].map((driver) => driver.close?.()))
  }

  /** A name of another ecosystem that an installed driver stands in for. */
  async #findAlias(provider: ProviderFields): Promise<Resolved> {
    const { module } = provider
    const func = textOf(provider.func)
    const aliases = this.#aliasesOf(provider)
    const first = aliases[0]
    if (!first || typeof module !== 'string') throw missing(provider)
    for (const { functions } of aliases) {
      const target = own(functions, func)
      if (target)
        return this.resolve({ ...provider, type: target.provider, module: undefined, func: target.func })
    }
    const known = aliases.flatMap(({ functions }) => Object.keys(functions))
    const error = { type: module, func, package: first.name }
    throw new SquallError('SQUALL_ACTIVITY_UNKNOWN', error, { hint: offer(func, known) })
  }

  /** Finds an undo function by the package that registered it. */
  async undoFunction(packageName: string, func: string): Promise<Undo> {
    const from = this.drivers.find(({ name }) => name === packageName)
    if (!from) throw new SquallError('SQUALL_DRIVER_NOT_FOUND', { name: packageName, from: 'this run' })
    const undo = own((await from.load()).undo, func)
    if (!undo) throw new SquallError('SQUALL_UNDO_UNKNOWN', { func, driver: packageName })
    return undo
  }
}

/** A member of the object itself, and not the `constructor` that every object inherits. */
function own<Value>(members: Readonly<Record<string, Value>> | undefined, name: string): Value | undefined {
  return members && Object.hasOwn(members, name) ? members[name] : undefined
}

function findActivity(from: DriverPackage, driver: Driver, type: string, named: unknown): Resolved {
  const func = textOf(named)
  const activity = own(driver.activities, func)
  if (activity) return { type: 'activity', from, name: func, activity }
  const hint = offer(func, Object.keys(driver.activities ?? {}))
  throw new SquallError('SQUALL_ACTIVITY_UNKNOWN', { type, func, package: from.name }, { hint })
}

function offer(func: string, known: readonly string[]): string {
  const near = closest(func, known)
  return `${near === undefined ? '' : `Did you mean '${near}'? `}It offers ${known.join(', ')}.`
}

function missing({ type, module }: ProviderFields): SquallError {
  const known = own(knownPackages, textOf(type))
  if (known !== undefined) {
    return new SquallError(
      'SQUALL_DRIVER_MISSING',
      { type },
      { hint: `Install it with \`npm install ${known}\`.` },
    )
  }
  if (type === 'python') {
    const hint = `No installed driver stands in for the Python module '${textOf(module)}'. Run \`squall drivers\` to see which modules have one.`
    return new SquallError('SQUALL_DRIVER_MISSING', { type }, { hint })
  }
  return new SquallError('SQUALL_DRIVER_MISSING', { type })
}

/** Wraps drivers that are at hand as objects, as in a test. */
export function driverObjects(drivers: readonly Driver[]): DriverPackage[] {
  return drivers.map((driver) => ({
    name: driver.name,
    version: '0.0.0',
    manifest: manifestOf(driver),
    file: '',
    folder: 'given as an object',
    load: async () => driver,
  }))
}
