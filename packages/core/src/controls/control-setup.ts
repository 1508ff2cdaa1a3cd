import { isObject, type JsonObject, type JsonValue } from '@squall/contract'
import { copyJson } from '../run/json-result.ts'
import { orAbandon } from '../run/or-abandon.ts'
import { listOf, probesOf, type RunScope } from '../run/run-scope.ts'
import { controlsIn, type DeclaredControl } from './applicable-controls.ts'
import type { PooledControl } from './control-pool.ts'
import type { GlobalControls } from './global-controls.ts'
import type { LiveRun } from './live-run.ts'
import { LiveView } from './live-view.ts'

export interface ControlSetupOptions {
  readonly scope: RunScope
  readonly live: LiveRun
  readonly globals: GlobalControls
}

/** Opens the controls of a run, and configures and cleans up each name once (spec 17.2). */
export class ControlSetup {
  readonly scope: RunScope
  readonly live: LiveRun
  readonly #globals: GlobalControls
  readonly #configured: PooledControl[] = []
  readonly #configuring = new Map<string, Promise<void>>()
  /** Global ones that could not be configured: they are left out. */
  readonly #leftOut = new Set<PooledControl>()
  readonly #listening = new Set<PooledControl>()

  constructor({ scope, live, globals }: ControlSetupOptions) {
    this.scope = scope
    this.live = live
    this.#globals = globals
  }

  get globals(): readonly JsonObject[] {
    return this.#globals.declared
  }

  async configure(): Promise<void> {
    this.#globals.pool.host.attach(this.scope)
    for (const declared of this.#declared()) await this.ready(declared)
  }

  /** The control, open and configured; undefined for one that cannot be used. */
  async ready(declared: DeclaredControl): Promise<PooledControl | undefined> {
    const control = await this.#globals.pool.opened(declared)
    if (!control || this.#leftOut.has(control)) return undefined
    this.#listen(control)
    // One without a name is never configured, as in the reference.
    if (control.name !== '') await this.#configureOnce(control)
    return this.#leftOut.has(control) ? undefined : control
  }

  /** Those of the experiment first, then the global ones. */
  async cleanUp(): Promise<void> {
    const own = this.#configured.filter(({ isGlobal }) => !isGlobal)
    const global = this.#configured.filter(({ isGlobal }) => isGlobal)
    for (const control of [...own, ...global]) {
      this.scope.interruption.renew('finishing')
      await this.#settle(control, 'cleanup', async () => control.open.cleanup?.())
    }
    this.#globals.pool.close()
  }

  /** Whoever needs it meanwhile waits too. */
  #configureOnce(control: PooledControl): Promise<void> {
    let configuring = this.#configuring.get(control.name)
    if (!configuring) {
      this.#configured.push(control)
      configuring = this.#configureOne(control)
      this.#configuring.set(control.name, configuring)
    }
    return configuring
  }

  async #configureOne(control: PooledControl): Promise<void> {
    const { experiment, variables, settings } = this.live
    const view = new LiveView({ control: control.name, hook: 'configure' }, this.live.tracker)
    const { provider } = control.declaration
    const given = isObject(provider.arguments) ? (copyJson(provider.arguments) as JsonObject) : {}
    const isFine = await this.#settle(control, 'configure', async () =>
      control.open.configure?.({
        arguments: given,
        experiment: view.document(experiment),
        configuration: view.document(variables.configuration),
        secrets: view.document(variables.secrets),
        ...(control.isGlobal ? { settings: view.document(settings) } : {}),
      }),
    )
    if (!isFine && control.isGlobal) this.#leftOut.add(control)
  }

  async #settle(
    control: PooledControl,
    step: 'configure' | 'cleanup',
    work: () => Promise<void>,
  ): Promise<boolean> {
    const { interruption, clock } = this.scope
    try {
      await orAbandon(work(), interruption.foreground, clock)
      return true
    } catch (error) {
      this.#globals.pool.failed(control.name, step, error)
      return false
    }
  }

  #listen(control: PooledControl): void {
    const { onEvent } = control.open
    if (!onEvent || this.#listening.has(control)) return
    this.#listening.add(control)
    this.scope.events.readWith((event) => onEvent.call(control.open, event))
  }

  /** Every declared control: global ones, then those of experiment, hypothesis, probes, method and rollbacks. */
  #declared(): DeclaredControl[] {
    const { experiment } = this.scope
    const holders: unknown[] = [
      experiment,
      experiment['steady-state-hypothesis'],
      ...probesOf(experiment),
      ...listOf(experiment.method),
      ...listOf(experiment.rollbacks as JsonValue | undefined),
    ]
    return [
      ...this.globals.map((fields) => ({ fields, isGlobal: true })),
      ...holders
        .flatMap(controlsIn)
        .flatMap((fields) => (fields['ref'] ? [] : [{ fields, isGlobal: false }])),
    ]
  }
}
