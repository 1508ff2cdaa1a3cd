import {
  type ControlLevel,
  type Driver,
  hasCode,
  type JsonValue,
  type OpenControl,
  type RunEventBody,
} from '@squall/contract'
import { jsonFlaw } from '../json-flaw.ts'
import type { LawContext } from '../law-context.ts'
import { errorText } from '../shown.ts'
import { controlContext, declarationOf, hookCall, setupCall } from './control-calls.ts'
import type { ControlDeed } from './deed.ts'
import { controlOf } from './find-ability.ts'
import { odditiesOf } from './odd-control.ts'
import { Played } from './played.ts'

/** What two hooks are called around. */
export interface Around {
  readonly level: ControlLevel
  readonly context: JsonValue
  /** What the hook afterwards is handed, unless it was cut short. */
  readonly state: () => JsonValue
}

/** A control in a run, called as the core does: an error of a hook is written down and the run goes on. */
export class ControlRun {
  readonly deed: ControlDeed
  readonly played: Played
  readonly #context: LawContext
  readonly #onAsk: () => void
  readonly #over = new AbortController()
  #open: OpenControl | undefined
  #isOver = false

  constructor(deed: ControlDeed, context: LawContext, onAsk: () => void) {
    // Hooks change what they are shown in place.
    this.deed = structuredClone(deed)
    this.played = new Played(this.deed)
    this.#context = context
    this.#onAsk = onAsk
  }

  /** Whether the control ended the run, or left nothing that could go on. */
  get isOver(): boolean {
    return this.#isOver
  }

  async open(driver: Driver): Promise<void> {
    const { address, input, isGlobal } = this.deed
    const run = { played: this.played, over: this.#over.signal, onAsk: this.#onAsk }
    const context = controlContext(this.deed, this.#context, run)
    this.#open = await controlOf(driver, address).open(declarationOf(address, input, isGlobal), context)
    this.played.oddities.push(...odditiesOf(this.#open))
  }

  async configure(): Promise<void> {
    await this.#settle('configure', async () => this.#open?.configure?.(setupCall(this.deed, this.played)))
  }

  /** Calls the hooks before and after something. */
  async around({ level, context, state }: Around, inner: () => Promise<void>): Promise<void> {
    // An experiment that was begun has a journal, however it ends.
    const isNull = this.deed.isCutShort && level !== 'experiment'
    if (!this.#isOver) await this.#call('before', level, { context })
    if (!this.#isOver) await inner()
    await this.#call('after', level, { context, state: isNull ? null : state() })
  }

  tell(body: RunEventBody): void {
    this.played.told += 1
    try {
      this.#open?.onEvent?.({ ...body, seq: this.played.told, time: 1_767_225_600_000 })
    } catch (error) {
      this.played.failures.push(`onEvent: ${errorText(error)}`)
    }
  }

  /** Cleans up, and then tells the control that the run is over. */
  async finish(): Promise<void> {
    await this.#settle('cleanup', async () => this.#open?.cleanup?.())
    this.#over.abort(new Error('The run is over.'))
  }

  async #call(
    side: 'before' | 'after',
    level: ControlLevel,
    about: { readonly context: JsonValue; readonly state?: JsonValue },
  ): Promise<void> {
    const { signal } = this.#context
    const name = `${side}-${level}` as const
    const hook = this.#open?.hooks[name]
    if (!hook) return
    if (side === 'before') signal.throwIfAborted()
    this.played.called.push(name)
    const call = hookCall(name, about, { deed: this.deed, played: this.played, signal })
    await this.#settle(name, async () => hook(call))
    const { configuration, secrets } = this.deed
    this.#look(name, { ...about, configuration, secrets, journal: this.played.documents.journal })
  }

  async #settle(step: string, work: () => Promise<void>): Promise<void> {
    const { signal } = this.#context
    try {
      await work()
    } catch (error) {
      if (signal.aborted && step !== 'cleanup') throw signal.reason
      if (hasCode(error, 'SQUALL_CONTROL_INTERRUPTED')) {
        this.played.interrupts.push(error.message)
        this.#isOver = true
      } else this.played.failures.push(`${step}: ${errorText(error)}`)
    }
  }

  #look(name: string, documents: Readonly<Record<string, unknown>>): void {
    const flaws = Object.entries(documents).map(([key, value]) => jsonFlaw(value, `${key}`))
    const flaw = flaws.find((one) => one !== undefined)
    if (flaw === undefined) return
    this.played.flaws.push(`after ${name}, ${flaw}`)
    // Nothing that comes later could be made of it.
    this.#isOver = true
  }
}
