import type { ControlLevel, JsonObject, JsonValue, Phase, RunStatus } from '@squall/contract'
import { textOf } from '../configuration/text-of.ts'
import type { JournalEnd } from '../journal/journal-parts.ts'
import { reasonOf } from '../run/exception-lines.ts'
import { RunInterrupted } from '../run/interruption.ts'
import { copyJson } from '../run/json-result.ts'
import type { ActivityOutcome, Place } from '../run/place.ts'
import type { ScopedControls, Skipped } from '../run/scoped-controls.ts'
import { isTruthy } from '../tolerance/python-equality.ts'
import { actsOn, applicableControls, controlsIn } from './applicable-controls.ts'
import { controlWords } from './control-host.ts'
import type { PooledControl } from './control-pool.ts'
import { ControlSetup, type ControlSetupOptions } from './control-setup.ts'
import { asksForEnd, callHook, type HookRequest } from './hook-caller.ts'

interface Around {
  readonly level: ControlLevel
  /** What the hooks are called for; changed in place. */
  readonly context: JsonValue
  /** Where further controls are declared: the hypothesis or the activity itself. */
  readonly local?: readonly JsonObject[]
  /** Ends what is played, and the hooks before it. */
  readonly signal: AbortSignal
}

/** Takes what the hooks afterwards get as state. Without it they get null. */
type Report = (state: object | null) => void

/** Calls the controls of a run around what it plays (spec 17). */
export class RunControls implements ScopedControls {
  readonly #setup: ControlSetup

  constructor(options: ControlSetupOptions) {
    this.#setup = new ControlSetup(options)
  }

  configure(): Promise<void> {
    return this.#setup.configure()
  }

  async beforeExperiment(): Promise<void> {
    await this.#call('before', this.#experimentLevel())
  }

  async afterExperiment(end: JournalEnd): Promise<Pick<JournalEnd, 'status' | 'deviated'>> {
    const { live, scope } = this.#setup
    const journal = live.finalJournal(end)
    for (const control of this.#applicable('after', this.#experimentLevel())) {
      scope.interruption.renew('finishing')
      const request = { ...this.#experimentLevel(), signal: scope.interruption.foreground }
      await this.#callOne('after', control, request, journal as unknown as JsonValue)
    }
    await this.#setup.cleanUp()
    live.flush()
    return { status: journal.status as RunStatus, deviated: journal.deviated }
  }

  aroundList(level: 'method' | 'rollback', signal: AbortSignal, play: () => Promise<void>): Promise<void> {
    const { live } = this.#setup
    return this.#around({ level, context: live.experiment, signal }, async (report) => {
      report(level === 'method' ? live.parts.run : live.parts.rollbacks)
      await play()
    })
  }

  async aroundCheck<Result extends { readonly met: boolean }>(
    { phase, check, signal }: { readonly phase: Phase; readonly check: number; readonly signal: AbortSignal },
    play: (started: () => void) => Promise<Result>,
  ): Promise<Result> {
    const { live } = this.#setup
    const context = live.experiment['steady-state-hypothesis'] as JsonValue
    let state: object | null = null
    const result = await this.#around(
      { level: 'hypothesis', context, local: controlsIn(context), signal },
      (report) =>
        play(() => {
          state = live.stateOf(phase, check)
          report(state)
        }),
    )
    const met = isTruthy((state as JsonObject | null)?.['steady_state_met'] ?? null)
    return met === result.met ? result : { ...result, met, reason: 'a control decided so' }
  }

  async aroundActivity(
    activity: JsonObject,
    { phase, check, signal }: Place,
    play: (skipped: Skipped | undefined) => Promise<ActivityOutcome>,
  ): Promise<ActivityOutcome> {
    const { live } = this.#setup
    let entry: JsonObject | null = null
    const outcome = await this.#around(
      { level: 'activity', context: activity, local: controlsIn(activity), signal },
      async (report, skipped) => {
        const played = await play(skipped)
        entry = live.entryOf(played.id, phase, check) as JsonObject | null
        report(entry)
        return played
      },
    )
    const { status, output } = (entry ?? outcome) as Pick<ActivityOutcome, 'status' | 'output'>
    return { ...outcome, status, output: output ?? null }
  }

  /** The hooks after it are called whatever becomes of the hooks before it and of what is played (spec 17.4). */
  async #around<Result>(
    at: Around,
    play: (report: Report, skipped: Skipped | undefined) => Promise<Result>,
  ): Promise<Result> {
    let state: object | null = null
    try {
      const skipped = await this.#call('before', at)
      return await play((reported) => {
        state = reported
      }, skipped)
    } finally {
      const signal = this.#setup.scope.interruption.background
      await this.#call('after', { ...at, signal }, state as JsonValue)
    }
  }

  #experimentLevel(): Around {
    const { live, scope } = this.#setup
    return { level: 'experiment', context: live.experiment, signal: scope.interruption.foreground }
  }

  async #call(side: 'before' | 'after', at: Around, state?: JsonValue): Promise<Skipped | undefined> {
    let skipped: Skipped | undefined
    for (const control of this.#applicable(side, at)) {
      if (side === 'before') at.signal.throwIfAborted()
      skipped = (await this.#callOne(side, control, at, state)) ?? skipped
    }
    return skipped
  }

  #applicable(side: 'before' | 'after', at: Around): ReturnType<typeof applicableControls> {
    const sources = { globals: this.#setup.globals, top: controlsIn(this.#setup.live.experiment) }
    return applicableControls(at.level, sources, at.local).filter((control) => actsOn(side, control))
  }

  async #callOne(
    side: 'before' | 'after',
    declared: ReturnType<typeof applicableControls>[number],
    at: Around,
    state: JsonValue | undefined,
  ): Promise<Skipped | undefined> {
    const control = await this.#setup.ready(declared)
    if (!control) return undefined
    let skipped: Skipped | undefined
    const skip = (output: JsonValue): void => {
      if (side === 'before' && at.level === 'activity') skipped = { output: copyJson(output) }
    }
    const { level, context, signal } = at
    const request = { side, level, context, signal, skip, fields: declared.fields }
    try {
      const { live, scope } = this.#setup
      const full = state === undefined ? request : { ...request, state }
      await callHook(control, full, { documents: live, clock: scope.clock })
    } catch (error) {
      this.#judge(error, control, request)
    }
    return skipped
  }

  /** An error of a hook is told and changes nothing, unless it asks for the end of the run. */
  #judge(error: unknown, control: PooledControl, { side, level, context, signal }: HookRequest): void {
    if (side === 'before' && signal.aborted) throw signal.reason
    const isLast = side === 'after' && level === 'experiment'
    if (asksForEnd(error) && !isLast) {
      const by = controlWords(
        control.name,
        textOf((error as { fields?: { reason?: unknown } }).fields?.reason ?? reasonOf(error)),
      )
      this.#setup.scope.events.emit({ type: 'interrupted', by })
      throw new RunInterrupted(by)
    }
    const name = level === 'activity' ? textOf((context as JsonObject)['name']) : undefined
    this.#setup.scope.events.emit({
      type: 'control-failed',
      control: control.name,
      hook: `${side}-${level}`,
      ...(name === undefined ? {} : { activity: name }),
      reason: reasonOf(error),
    })
  }
}
