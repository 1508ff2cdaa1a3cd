import {
  type Activity,
  type Alias,
  type ControlType,
  type Driver,
  type ExperimentLoader,
  type JsonObject,
  manifestOf,
  type Notifier,
  type ProviderFields,
  type ProviderType,
  type Resolver,
  SquallError,
  type Undo,
} from '@squall/contract'
import { textOf } from '../configuration/text-of.ts'
import { closest } from './closest.ts'
import type { DriverPackage } from './driver-package.ts'
import { knownPackages, knownResolvers } from './known-packages.ts'

/** What carries an activity out, found by its `provider` object. */
export type Resolved =
  | {
      readonly type: 'activity'
      readonly from: DriverPackage
      readonly name: string
      readonly activity: Activity
    }
  | { readonly type: 'provider'; readonly from: DriverPackage; readonly provider: ProviderType }

/** What a control's `provider` object means. */
export interface ResolvedControl {
  readonly from: DriverPackage
  readonly control: ControlType
}

/** What receives the notifications of a channel. */
export interface ResolvedNotifier {
  readonly from: DriverPackage
  readonly notifier: Notifier
}

/** The installed drivers, addressed by provider type. Loads the code of those that are used, and only then. */
export class DriverRegistry {
  readonly drivers: readonly DriverPackage[]
  readonly #byType = new Map<string, DriverPackage>()
  readonly #resolved = new Map<string, Promise<Resolved>>()
  readonly #loaded = new Set<Driver>()
  /** Each driver's own options, by its name. */
  readonly options: Readonly<Record<string, JsonObject>>
  readonly #choices: Readonly<Record<string, string>>

  /**
   * `choices` settles which package serves a provider type that two of them claim: type to package name; `options` are
   * each driver's own, by its name. Throws `SQUALL_PROVIDER_CLASH` for a claim that is not settled.
   */
  constructor(
    drivers: readonly DriverPackage[],
    choices: Readonly<Record<string, string>> = {},
    options: Readonly<Record<string, JsonObject>> = {},
  ) {
    this.options = options
    this.#choices = choices
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
    throw clash(type, owner, driver)
  }

  /** The options a driver has from settings and the command line. */
  optionsOf({ manifest }: DriverPackage): JsonObject {
    return own(this.options, manifest.name) ?? {}
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
    if (raw && (await this.#isMissing(provider, raw, from))) return this.#findAlias(provider)
    if (raw) return { type: 'provider', from, provider: raw }
    return findActivity(from, driver, provider.type, provider.func)
  }

  /**
   * The packages that may serve a provider object, without loading them: that of its type, and the one whose alias may
   * stand in for it.
   */
  packagesOf({ type, module, func }: ProviderFields): readonly DriverPackage[] {
    const aliases = this.#aliasesOf(type, module)
    const targets = aliases.map(({ functions }) => own(functions, textOf(func))?.provider)
    const found = [type, ...targets].map((name) => (name === undefined ? name : this.#byType.get(name)))
    return found.filter((driver) => driver !== undefined)
  }

  /** Ends what drivers keep between calls, such as worker processes. A driver that fails to is let go. */
  async close(): Promise<void> {
    await Promise.allSettled([...this.#loaded].map((driver) => driver.close?.()))
  }

  /**
   * Finds what runs a control, by its `provider` object. Rejects with `SQUALL_CONTROL_UNKNOWN`,
   * `SQUALL_CONTROL_UNSERVED`, `SQUALL_DRIVER_MISSING`, `SQUALL_DRIVER_BROKEN`.
   */
  async resolveControl(provider: ProviderFields): Promise<ResolvedControl> {
    const { type, control, module } = provider
    if (control !== undefined) return this.#namedControl(textOf(type), textOf(control))
    const from = this.#byType.get(type)
    const raw = from && own((await from.load()).providers, type)
    const alias = this.#aliasesOf(type, module).find((known) => known.control !== undefined)?.control
    if (from && raw?.controls && !(alias && (await this.#isMissing(provider, raw, from))))
      return { from, control: raw.controls }
    if (alias) return this.#namedControl(alias.driver, alias.control)
    if (!from) throw missing(provider)
    throw new SquallError('SQUALL_CONTROL_UNSERVED', { type })
  }

  async #namedControl(name: string, control: string): Promise<ResolvedControl> {
    const from = this.drivers.find(({ manifest }) => manifest.name === name)
    if (!from) throw missing({ type: name })
    const { controls } = await from.load()
    const found = own(controls, control)
    if (found) return { from, control: found }
    const hint = offer(control, Object.keys(controls ?? {}))
    throw new SquallError('SQUALL_CONTROL_UNKNOWN', { driver: name, control, package: from.name }, { hint })
  }

  /**
   * Finds who serves a notification channel: the notifier of its `type`, or of the driver it names. Rejects with
   * `SQUALL_NOTIFIER_UNKNOWN`.
   */
  async resolveNotifier(channel: JsonObject): Promise<ResolvedNotifier> {
    const { type, driver, notifier } = channel
    const unknown = (): SquallError =>
      new SquallError('SQUALL_NOTIFIER_UNKNOWN', { channel: textOf(type === 'driver' ? driver : type) })
    const isNamed = type === 'driver'
    const from = this.drivers.find(({ manifest }) =>
      isNamed ? manifest.name === driver : Object.hasOwn(manifest.notifiers ?? {}, textOf(type)),
    )
    if (!from) throw unknown()
    const { notifiers = {} } = await from.load()
    const [only, ...others] = Object.keys(notifiers)
    const name = isNamed ? (notifier ?? (others.length === 0 ? only : undefined)) : type
    const found = own(notifiers, textOf(name))
    if (!found) throw unknown()
    return { from, notifier: found }
  }

  #aliasesOf(type: string, module: unknown): Alias[] {
    return this.drivers
      .flatMap(({ manifest }) => manifest.aliases)
      .filter((alias) => alias.provider === type && alias.module === module)
  }

  /** Whether an alias is to stand in for a module: there is one, and the module's own ecosystem has it not. */
  async #isMissing(
    { module, type }: ProviderFields,
    raw: ProviderType,
    from: DriverPackage,
  ): Promise<boolean> {
    if (typeof module !== 'string' || !raw.canImport || this.#aliasesOf(type, module).length === 0)
      return false
    return !(await raw.canImport(module, { options: this.optionsOf(from) }))
  }

  /** A name of another ecosystem that an installed driver stands in for. */
  async #findAlias(provider: ProviderFields): Promise<Resolved> {
    const { type, module } = provider
    const func = textOf(provider.func)
    const aliases = this.drivers.flatMap(({ name, manifest }) =>
      manifest.aliases
        .filter((alias) => alias.provider === type && alias.module === module)
        .map(({ functions }) => ({ name, functions })),
    )
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

  /** Whether a source of secrets has this name, installed or not. */
  isResolver(source: string): boolean {
    return this.#resolversOf(source).length > 0 || own(knownResolvers, source) !== undefined
  }

  /**
   * Finds what reads secrets of a source such as `vault`. Rejects with `SQUALL_DRIVER_MISSING`, `SQUALL_DRIVER_BROKEN`,
   * `SQUALL_PROVIDER_CLASH`.
   */
  async resolver(source: string): Promise<{ readonly resolver: Resolver; readonly from: DriverPackage }> {
    const all = this.#resolversOf(source)
    const [first, second] = all
    const from = all.find(({ name }) => name === own(this.#choices, source)) ?? first
    if (!from) throw notInstalled(source, own(knownResolvers, source))
    if (second && from.name !== own(this.#choices, source)) throw clash(source, from, second)
    const resolver = own((await from.load()).resolvers, source)
    if (resolver) return { resolver, from }
    const reason = `its manifest promises a resolver '${source}' that its code does not have`
    throw new SquallError('SQUALL_DRIVER_BROKEN', { package: from.name, path: from.folder, reason })
  }

  #resolversOf(source: string): DriverPackage[] {
    return this.drivers.filter(({ manifest }) => own(manifest.resolvers, source) !== undefined)
  }

  /** What reads experiment files of an extension such as `.ts`; undefined when no installed driver does. */
  async loader(extension: string): Promise<ExperimentLoader | undefined> {
    const from = this.drivers.find(({ manifest }) => own(manifest.loaders, extension) !== undefined)
    return from && own((await from.load()).loaders, extension)
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
  const offers = known.length === 0 ? 'nothing of that kind' : known.join(', ')
  return `${near === undefined ? '' : `Did you mean '${near}'? `}It offers ${offers}.`
}

function clash(type: string, first: DriverPackage, second: DriverPackage): SquallError {
  const shown = ({ name, folder }: DriverPackage): string => `${name} (${folder})`
  return new SquallError('SQUALL_PROVIDER_CLASH', { type, first: shown(first), second: shown(second) })
}

function missing({ type }: ProviderFields): SquallError {
  return notInstalled(type, own(knownPackages, textOf(type)))
}

function notInstalled(type: string, known: string | undefined): SquallError {
  const options = known === undefined ? {} : { hint: `Install it with \`npm install ${known}\`.` }
  return new SquallError('SQUALL_DRIVER_MISSING', { type }, options)
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
