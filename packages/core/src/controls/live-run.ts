import type { Change, Journal, JsonObject, JsonValue, Phase, RunEvent } from '@squall/contract'
import type { Variables } from '../configuration/substitute.ts'
import { JournalFold } from '../journal/fold-journal.ts'
import type { JournalParts } from '../journal/journal-parts.ts'
import type { EventStream, EventWatcher } from '../run/event-stream.ts'
import { copyJson } from '../run/json-result.ts'
import { type ChangeEvent, ChangeTracker } from './change-tracker.ts'
import { LearntSecrets } from './learnt-secrets.ts'
import { LiveVariables } from './live-variables.ts'

export interface LiveRunOptions {
  readonly events: EventStream
  /** As the journal shows it; changed in place. */
  readonly experiment: JsonObject
  readonly variables: Variables
  /** Changed in place. */
  readonly settings: JsonObject
}

/** What controls see of a run and may change: its documents as they are now, with their secrets. */
export class LiveRun implements EventWatcher {
  readonly tracker: ChangeTracker
  readonly variables: LiveVariables
  readonly settings: JsonObject
  readonly experiment: JsonObject
  readonly #events: EventStream
  readonly #fold = new JournalFold()
  readonly #secrets: LearntSecrets
  #hasNewValues = false
  #journal: Journal | undefined

  constructor({ events, experiment, variables, settings }: LiveRunOptions) {
    this.#events = events
    this.experiment = experiment
    this.settings = settings
    this.variables = new LiveVariables(variables)
    this.#secrets = new LearntSecrets(this.variables)
    this.tracker = new ChangeTracker(
      (event) => events.emit(this.#shown(event)),
      (document) => {
        if (document === 'configuration' || document === 'secrets') this.#hasNewValues = true
        this.variables.forget()
      },
    )
    this.#track()
    events.watchWith(this)
  }

  get parts(): JournalParts {
    return this.#fold.parts
  }

  flush(): void {
    if (this.#hasNewValues) this.#learnSecrets()
    this.tracker.flush()
  }

  see(event: RunEvent): void {
    // What it tells has been done here already.
    if (event.type === 'control-changed') return
    if (event.type === 'run-started') this.#fold.apply({ ...event, experiment: this.experiment })
    // A copy, so that a change to what it holds does not change the event.
    else this.#fold.apply(copyJson(event))
  }

  /** The entry of an activity, for the hooks after it. */
  entryOf(id: number, phase: Phase, check: number): object | null {
    const entry = this.#fold.entryOf(id)
    const list = this.#listOf(phase, check)
    if (!entry || !list) return null
    this.tracker.place(entry, list, list.length - 1)
    return entry
  }

  /** The state of a check, for the hooks after it. */
  stateOf(phase: Phase, check: number): object | null {
    const state = this.#fold.stateOf(phase, check)
    if (!state) return null
    const { steady_states } = this.#fold.parts
    if (phase === 'during') this.tracker.place(state, steady_states.during, check - 1)
    else this.tracker.place(state, steady_states, phase === 'after-rollbacks' ? 'after_rollbacks' : phase)
    return state
  }

  /** The journal as it will be, for the hooks after the experiment. */
  finalJournal(end: Parameters<JournalFold['journal']>[0]): Journal {
    const journal = this.#fold.journal(end)
    this.#journal = journal
    this.tracker.trackAround(
      journal,
      'journal',
      partKeys.map((key) => [key, this.#fold.parts[key]]),
    )
    return journal
  }

  #listOf(phase: Phase, check: number): object[] | undefined {
    if (phase === 'method') return this.#fold.parts.run
    if (phase === 'rollbacks') return this.#fold.parts.rollbacks
    const state = this.#fold.stateOf(phase, check)
    if (state) this.tracker.place(state.probes, state, 'probes')
    return state?.probes
  }

  #track(): void {
    const { tracker, variables } = this
    tracker.track(this.experiment, 'journal', ['experiment'])
    tracker.track(variables.configuration, 'configuration', [])
    tracker.track(variables.secrets, 'secrets', [])
    tracker.track(this.settings, 'settings', [])
    for (const key of partKeys.filter((each) => each !== 'experiment'))
      tracker.track(this.#fold.parts[key], 'journal', [key])
    const { steady_states } = this.#fold.parts
    tracker.place(steady_states.during, steady_states, 'during')
    placeActivities(this.experiment, tracker)
  }

  #learnSecrets(): void {
    this.#hasNewValues = false
    const fresh = this.#secrets.fresh(this.variables)
    if (fresh.length > 0) this.#events.redactWith(this.#events.redactor.with(fresh))
  }

  /** Secrets and settings are nobody's business; keys of the journal that no event grows are told as a whole. */
  #shown(event: Omit<ChangeEvent, 'seq' | 'time'>): Omit<ChangeEvent, 'seq' | 'time'> {
    if (event.document === 'configuration') return event
    if (event.document === 'journal')
      return { ...event, changes: event.changes.map((each) => this.#whole(each)) }
    return { ...event, changes: event.changes.map(withoutValue) }
  }

  #whole(change: Change): Change {
    const key = String(change.path[0])
    if (Object.hasOwn(this.#fold.parts, key) || (change.op !== 'splice' && change.path.length === 1))
      return change
    const value = copyJson((this.#journal as unknown as JsonObject)[key] ?? null)
    return { op: 'set', path: [key], value }
  }
}

const partKeys = ['experiment', 'steady_states', 'run', 'rollbacks'] as const

function withoutValue(change: Change): Change {
  if (change.op === 'set') return { op: 'set', path: change.path }
  return change.op === 'splice' ? { ...change, insert: change.insert.map(() => null) } : change
}

/** Each activity is told its place beforehand: looking for it later would take longer the longer the method is. */
function placeActivities(experiment: JsonObject, tracker: ChangeTracker): void {
  const hypothesis = experiment['steady-state-hypothesis'] as JsonValue | undefined
  if (isContainer(hypothesis)) tracker.place(hypothesis, experiment, 'steady-state-hypothesis')
  const lists: [parent: JsonValue | undefined, key: string][] = [
    [experiment, 'method'],
    [experiment, 'rollbacks'],
    [hypothesis, 'probes'],
  ]
  for (const [parent, key] of lists) {
    const list = isContainer(parent) ? (parent as JsonObject)[key] : undefined
    if (!isContainer(parent) || !Array.isArray(list)) continue
    tracker.place(list, parent, key)
    for (const [index, item] of list.entries()) if (isContainer(item)) tracker.place(item, list, index)
  }
}

function isContainer(value: JsonValue | undefined): value is JsonObject | JsonValue[] {
  return typeof value === 'object' && value !== null
}
