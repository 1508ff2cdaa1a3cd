import {
  type ActivityRun,
  type ControlFailure,
  type HypothesisState,
  type Journal,
  type JsonObject,
  type Phase,
  putValue,
  type Residue,
  type RollbackDecision,
  type RunEvent,
  type RunStatus,
  valueAt,
} from '@squall/contract'
import { EditsFold } from './fold-edits.ts'
import { UndoFold } from './fold-undo.ts'
import type { JournalEnd, JournalParts } from './journal-parts.ts'
import { timestamp } from './timestamp.ts'

/** The version of the reference whose journal this is. */
export const chaoslibVersion = '1.45.0'

/**
 * Folds the events of a run into its journal. A pure function of the events: the journal of a crashed run is the fold of
 * the events that were saved.
 */
export function foldJournal(events: Iterable<RunEvent>): Journal {
  const fold = new JournalFold()
  for (const event of events) fold.apply(event)
  return fold.journal()
}

export class JournalFold {
  #head: Pick<Journal, 'chaoslib-version' | 'squall-version' | 'platform' | 'node' | 'start'> | undefined
  readonly #parts: JournalParts = {
    experiment: {},
    steady_states: { before: null, after: null, during: [] },
    run: [],
    rollbacks: [],
  }
  #startedAt = 0
  #lastTime = 0
  #isOver = false
  #status: RunStatus = 'interrupted'
  #reason: string | undefined
  #deviated = false
  #duration: number | undefined
  #decision: RollbackDecision | undefined
  /** As it was judged: what a control makes of the check's state afterwards does not change it. */
  #restored: boolean | null | undefined
  readonly #open = new Map<number, ActivityRun>()
  readonly #judged = new Map<number, ActivityRun>()
  readonly #undo = new UndoFold()
  readonly #residue: Residue[] = []
  readonly #failures = new Map<string, ControlFailure>()
  readonly #edits = new EditsFold()

  /** The parts of the journal that hold what was played, as they grow. */
  get parts(): JournalParts {
    return this.#parts
  }

  /** The entry of an activity that has started. */
  entryOf(id: number): ActivityRun | undefined {
    return this.#judged.get(id) ?? this.#open.get(id)
  }

  /** The state of a check that has started and was not cut short. */
  stateOf(phase: Phase, check: number): HypothesisState | null | undefined {
    return this.#hypothesis(phase, check)
  }

  apply(event: RunEvent): void {
    // What a driver that was left behind still says is no part of the run; an undo that is tried again is.
    if (this.#isOver && event.type !== 'undo-completed') return
    if (!this.#isOver) this.#lastTime = event.time
    switch (event.type) {
      case 'run-started':
        this.#startedAt = event.time
        this.#parts.experiment = event.experiment
        this.#head = {
          'chaoslib-version': chaoslibVersion,
          'squall-version': event.squallVersion,
          platform: event.platform,
          node: event.node,
          start: timestamp(event.time),
        }
        return
      case 'hypothesis-started':
        return this.#openHypothesis(event.phase, event.check)
      case 'hypothesis-completed':
        return this.#closeHypothesis(event.phase, event.check, event.met)
      case 'activity-started':
        return this.#startActivity(event)
      case 'activity-completed':
        return this.#completeActivity(event)
      case 'rollbacks-decided':
        return this.#decideRollbacks(event)
      case 'rollback-skipped':
        return this.#skipRollback(event.activity, event.reason)
      case 'tolerance-checked':
        return this.#judge(event.id, event.met)
      case 'status-changed':
        this.#status = event.status
        this.#reason = event.reason
        return
      case 'deviated':
        this.#deviated = true
        return
      case 'undo-registered':
      case 'undo-amended':
      case 'undo-completed':
        return this.#undo.apply(event)
      case 'residue-found':
        this.#residue.push(...event.found.map((found) => ({ driver: event.driver, found })))
        return
      case 'control-changed':
        if (event.document === 'journal') this.#edits.apply(event.changes, this.#parts)
        return
      case 'control-failed':
        return this.#countFailure(event)
      case 'run-completed':
        this.#isOver = true
        this.#status = event.status
        this.#deviated = event.deviated
        this.#duration = event.duration
        return
      default:
        return
    }
  }

  /**
   * The journal of the events so far. A run that did not end reads as interrupted at its last event, unless it is said how
   * it is about to `end`.
   */
  journal(end?: JournalEnd): Journal {
    const head = this.#head
    if (!head) throw new RangeError('These events do not begin with run-started.')
    const undo = this.#undo.outcomes()
    const reason =
      this.#reason ?? (this.#duration === undefined && !end ? 'the run ended without a farewell' : undefined)
    const { start, ...versions } = head
    const { experiment, steady_states, run, rollbacks } = this.#parts
    return this.#edits.madeTo({
      ...versions,
      experiment,
      start,
      status: end?.status ?? this.#status,
      deviated: end?.deviated ?? this.#deviated,
      steady_states,
      run,
      rollbacks,
      end: timestamp(end?.time ?? this.#lastTime),
      // The clock may have been set back meanwhile.
      duration: end?.duration ?? this.#duration ?? Math.max(0, this.#lastTime - this.#startedAt) / 1000,
      ...(reason === undefined ? {} : { reason }),
      ...(undo.length > 0 ? { undo } : {}),
      ...(this.#residue.length > 0 ? { residue: this.#residue } : {}),
      ...(this.#decision ? { rollback_decision: this.#decision } : {}),
      ...(this.#restored === undefined ? {} : { restored: this.#restored }),
      ...(this.#failures.size > 0 ? { 'control-failures': [...this.#failures.values()] } : {}),
    })
  }

  #countFailure({ control, hook, reason }: Extract<RunEvent, { type: 'control-failed' }>): void {
    const key = JSON.stringify([control, hook, reason])
    const known = this.#failures.get(key)
    if (known) known.times += 1
    else this.#failures.set(key, { control, hook, reason, times: 1 })
  }

  /** Where there is nothing to play there is nothing to decide. */
  #decideRollbacks({ play, strategy, reason }: Extract<RunEvent, { type: 'rollbacks-decided' }>): void {
    const { rollbacks } = this.#parts.experiment
    if (Array.isArray(rollbacks) && rollbacks.length > 0) this.#decision = { play, strategy, reason }
  }

  #skipRollback(activity: string, reason: string): void {
    if (!this.#decision) return
    this.#decision.skipped = [...(this.#decision.skipped ?? []), { activity, reason }]
  }

  #openHypothesis(phase: Phase, check: number): void {
    const state: HypothesisState = { steady_state_met: null, probes: [] }
    const states = this.#parts.steady_states
    if (phase === 'before') states.before = state
    else if (phase === 'after') states.after = state
    else if (phase === 'after-rollbacks') {
      states.after_rollbacks = state
      this.#restored = null
    } else states.during[check - 1] = state
  }

  /** A check before or after the method that was cut short is not in the journal (spec 14). */
  #closeHypothesis(phase: Phase, check: number, met: boolean | null): void {
    const state = this.#hypothesis(phase, check)
    if (state) state.steady_state_met = met
    if (phase === 'after-rollbacks') this.#restored = met
    if (met !== null) return
    if (phase === 'before') this.#parts.steady_states.before = null
    if (phase === 'after') this.#parts.steady_states.after = null
  }

  #hypothesis(phase: Phase, check: number): HypothesisState | null | undefined {
    const { before, after, during, after_rollbacks } = this.#parts.steady_states
    if (phase === 'before') return before
    if (phase === 'after-rollbacks') return after_rollbacks
    return phase === 'after' ? after : during[check - 1]
  }

  #startActivity(event: Extract<RunEvent, { type: 'activity-started' }>): void {
    const run: ActivityRun = {
      activity: event.activity as JsonObject,
      output: null,
      start: timestamp(event.time),
      ...(event.repeat ? { repeat: { ...event.repeat } } : {}),
    }
    this.#open.set(event.id, run)
    if (event.phase === 'method') this.#parts.run.push(run)
    else if (event.phase === 'rollbacks') this.#parts.rollbacks.push(run)
    else this.#hypothesis(event.phase, event.check)?.probes.push(run)
  }

  #completeActivity(event: Extract<RunEvent, { type: 'activity-completed' }>): void {
    const run = this.#open.get(event.id)
    if (!run) return
    this.#open.delete(event.id)
    this.#judged.set(event.id, run)
    putValue(run, 'output', valueAt(event, 'output'))
    if (event.status) run.status = event.status
    if (event.exception) run.exception = [...event.exception]
    run.end = timestamp(event.time)
    run.duration = event.duration
    if (event.until) run.until = { ...event.until }
    if (event.retry) run.retry = { ...event.retry }
  }

  #judge(id: number, met: boolean): void {
    const run = this.#judged.get(id)
    if (run) run.tolerance_met = met
  }
}
