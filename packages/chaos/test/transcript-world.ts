import type { ClusterSnapshot, FaultOutcome } from '@squall/contract'
import type { Effect } from '../src/engine/effect.ts'
import type { EngineSettings } from '../src/engine/engine-settings.ts'
import type { EngineState, StoredState } from '../src/engine/engine-state.ts'
import type { Input } from '../src/engine/input.ts'
import { engineOf, freshState } from '../src/engine/new-engine.ts'
import { step } from '../src/engine/step.ts'
import type { ChaosEvent } from '../src/events/chaos-event.ts'
import { EventBook } from '../src/events/event-book.ts'
import { isoOf, unixMsOf } from '../src/events/file-time.ts'
import { faultText } from '../src/faults/fault-text.ts'

/** A Sunday. */
export const began = Date.UTC(2026, 0, 4)

type WithoutNow<Each> = Each extends unknown ? Omit<Each, 'now'> : never
type Request = WithoutNow<Input>

interface Due {
  readonly at: number
  readonly input: Request
}

/** A cluster and a clock made of paper around the real engine: what a transcript plays with. */
export class TranscriptWorld {
  now = began
  snapshot: ClusterSnapshot
  upgrade: string | undefined
  /** Why no snapshot can be had. */
  blindness: string | undefined
  /** How the next faults end; then they are done. */
  outcomes: (FaultOutcome | 'throws')[] = []
  faultMs = 2000
  book: EventBook = new EventBook()
  #state: EngineState
  #stored: StoredState
  readonly #settings: Partial<EngineSettings>
  #due: Due[] = []
  #wakeAt: number | undefined
  #lines: string[] = []

  constructor(snapshot: ClusterSnapshot, settings: Partial<EngineSettings>, seed: number) {
    this.snapshot = snapshot
    this.#settings = settings
    this.#stored = freshState(seed)
    this.#state = engineOf(this.#stored, settings)
  }

  get state(): EngineState {
    return this.#state
  }

  /** What was said since the last call. */
  lines(): readonly string[] {
    return this.#lines.splice(0)
  }

  say(line: string): void {
    this.#lines.push(line)
  }

  tell(input: Request): void {
    const { state, effects } = step(this.#state, { ...input, now: this.now } as Input)
    this.#state = state
    this.#wakeAt = undefined
    for (const effect of effects) this.#do(effect)
  }

  /** Lets time pass, with everything that falls due in it. */
  advance(milliseconds: number): void {
    const until = this.now + milliseconds
    for (let next = this.#next(until); next; next = this.#next(until)) {
      this.now = next.at
      if ('input' in next) this.#due = this.#due.filter((each) => each !== next)
      this.tell('input' in next ? next.input : { type: 'tick' })
    }
    this.now = until
  }

  /** The service dies without a word and comes back after a while with what it had stored, as JSON. */
  restart(downMs: number): void {
    this.#due = []
    this.#wakeAt = undefined
    this.now += downMs
    const stored = JSON.parse(JSON.stringify(this.#stored)) as StoredState
    this.#state = engineOf(stored, this.#settings)
    this.tell({ type: 'resumed' })
  }

  #next(until: number): Due | { readonly at: number } | undefined {
    const [first] = this.#due.toSorted((a, b) => a.at - b.at)
    const wake = this.#wakeAt
    if (first && first.at <= until && (wake === undefined || first.at <= wake)) return first
    return wake !== undefined && wake <= until ? { at: wake } : undefined
  }

  #do(effect: Effect): void {
    switch (effect.type) {
      case 'store':
        this.#stored = effect.state
        this.book.add(effect.events)
        for (const event of effect.events) this.say(eventText(event))
        return
      case 'check upgrade':
        return this.#answer({
          type: 'upgrade',
          question: effect.question,
          ...(this.upgrade !== undefined && { reason: this.upgrade }),
        })
      case 'take snapshot':
        return this.#takeSnapshot(effect.question)
      case 'inject':
        return this.#inject(effect.faults)
      case 'hold back faults':
        return this.say('  faults that have not begun are held back')
      case 'wait until':
        this.#wakeAt = effect.at
        return
      case 'refuse':
        return this.say(`refused: ${Object.values(effect.refusal).join(' ')}`)
      case 'iteration ended':
        for (const { fault, result } of effect.results) {
          const reason = result.reason === undefined ? '' : ` (${result.reason})`
          this.say(`  ${result.outcome}${reason}: ${faultText(fault)}`)
        }
        return
      case 'planned':
        return
    }
  }

  #takeSnapshot(question: number): void {
    if (this.blindness === undefined)
      return this.#answer({ type: 'snapshot', question, snapshot: this.snapshot })
    this.#answer({ type: 'no snapshot', question, reason: this.blindness })
  }

  #inject(faults: Extract<Effect, { type: 'inject' }>['faults']): void {
    for (const { number, delayMs } of faults) {
      const outcome = this.outcomes.shift() ?? { outcome: 'done' }
      const result =
        outcome === 'throws' ? { outcome: 'failed' as const, reason: 'the driver has a bug' } : outcome
      this.#due.push({
        at: this.now + delayMs + this.faultMs,
        input: { type: 'fault ended', number, result },
      })
    }
  }

  /** Answers come one millisecond later. */
  #answer(input: Request): void {
    this.#due.push({ at: this.now + 1, input })
  }
}

const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']

function eventText(event: ChaosEvent): string {
  const ms = unixMsOf(BigInt(event.ticks))
  const when = `${days[new Date(ms).getUTCDay()]} ${isoOf(ms).slice(11, 23)}`
  return [`${when} ${event.kind}${detail(event)}`, ...faultLines(event)].join('\n')
}

function detail(event: ChaosEvent): string {
  if (event.kind === 'Started') return `: seed ${event.seed}, ${event.parameters.timeToRunSeconds} s to run`
  if (event.kind !== 'ExecutingFaults') return `: ${event.reason}`
  return `: iteration ${event.iteration}${event.dry ? ', dry' : ''}${event.faults.length === 0 ? ', none' : ''}`
}

function faultLines(event: ChaosEvent): readonly string[] {
  return event.kind === 'ExecutingFaults' ? event.faults.map((fault) => `  ${faultText(fault)}`) : []
}
