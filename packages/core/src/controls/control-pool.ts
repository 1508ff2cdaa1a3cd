import {
  type Clock,
  type ControlDeclaration,
  type HookName,
  isObject,
  type OpenControl,
  type ProviderFields,
} from '@squall/contract'
import { textOf } from '../configuration/text-of.ts'
import type { DriverRegistry } from '../drivers/registry.ts'
import { reasonOf } from '../run/exception-lines.ts'
import { copyJson } from '../run/json-result.ts'
import { seededRandom } from '../run/seeded-random.ts'
import type { DeclaredControl } from './applicable-controls.ts'
import { ControlHost } from './control-host.ts'

export interface ControlPoolOptions {
  readonly registry: DriverRegistry
  readonly directory: string
  readonly clock: Clock
  readonly seed: string
}

/** An opened control and what its declaration says. */
export interface PooledControl {
  readonly name: string
  readonly isGlobal: boolean
  readonly declaration: ControlDeclaration
  readonly open: OpenControl
}

/** The opened controls of one run. Declarations of one name and one provider are one control. */
export class ControlPool {
  readonly host: ControlHost = new ControlHost()
  readonly #options: ControlPoolOptions
  readonly #over = new AbortController()
  readonly #opened = new Map<string, Promise<PooledControl | undefined>>()
  readonly #known = new WeakMap<object, string>()

  constructor(options: ControlPoolOptions) {
    this.#options = options
  }

  get clock(): Clock {
    return this.#options.clock
  }

  /** Opens a control the first time it is asked for. Undefined for one that cannot be used, which is told once. */
  opened(declared: DeclaredControl): Promise<PooledControl | undefined> {
    const key = this.#keyOf(declared)
    let opened = this.#opened.get(key)
    if (!opened) {
      opened = this.#open(declared)
      this.#opened.set(key, opened)
    }
    return opened
  }

  failed(control: string, hook: HookName | 'open' | 'configure' | 'cleanup', error: unknown): void {
    this.host.emit({ type: 'control-failed', control, hook, reason: reasonOf(error) })
  }

  /** Tells controls that still do something of their own that the run is over. */
  close(): void {
    this.#over.abort()
  }

  #keyOf({ fields, isGlobal }: DeclaredControl): string {
    let key = this.#known.get(fields)
    if (key === undefined) {
      const { type, module, control } = providerOf(fields)
      key = JSON.stringify([isGlobal, fields['name'], type, module, control])
      this.#known.set(fields, key)
    }
    return key
  }

  async #open({ fields, isGlobal }: DeclaredControl): Promise<PooledControl | undefined> {
    const name = textOf(fields['name'] ?? '')
    const declaration: ControlDeclaration = { name, provider: providerOf(copyJson(fields)), isGlobal }
    try {
      const { registry, directory, clock, seed } = this.#options
      const { control, from } = await registry.resolveControl(declaration.provider)
      const open = await control.open(declaration, {
        ...this.host.contextOf(name, this.#over.signal),
        directory,
        signal: this.#over.signal,
        clock,
        random: seededRandom(seed, 'control', name),
        options: registry.optionsOf(from),
      })
      return { name, isGlobal, declaration, open }
    } catch (error) {
      this.failed(name, 'open', error)
      return undefined
    }
  }
}

function providerOf(fields: DeclaredControl['fields']): ProviderFields {
  const { provider } = fields
  return (isObject(provider) ? provider : { type: '' }) as unknown as ProviderFields
}
