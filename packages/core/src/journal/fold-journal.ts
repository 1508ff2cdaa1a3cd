import {
  type ActivityRun,
  type HypothesisState,
  type Journal,
  type JsonObject,
  type Phase,
  putValue,
  type Residue,
  type RollbackDecision,
  type RunEvent,
  type RunStatus,
  type UndoOutcome,
  valueAt,
} from '@squall/contract'
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
  #head:
    | Pick<Journal, 'chaoslib-version' | 'squall-version' | 'platform' | 'node' | 'experiment' | 'start'>
    | undefined
  #startedAt = 0
  #lastTime = 0
  #isOver = false
  #status: RunStatus = 'interrupted'
  #reason: string | undefined
  #deviated = false
  #duration: number | undefined
  #before: HypothesisState | null = null
  #after: HypothesisState | null = null
  #afterRollbacks: HypothesisState | undefined
  #decision: RollbackDecision | undefined
  readonly #during: HypothesisState[] = []
  readonly #run: ActivityRun[] = []
  readonly #rollbacks: ActivityRun[] = []
  readonly #open = new Map<number, ActivityRun>()
  readonly #judged = new Map<number, ActivityRun>()
  readonly #undo = new Map<number, Omit<UndoOutcome, 'status'>>()
  readonly #undone = new Map<number, UndoOutcome>()
  readonly #residue: Residue[] = []

  apply(event: RunEvent): void {
    // What a driver that was left behind still says is no part of the run; an undo that is tried again is.
    if (this.#isOver && event.type !== 'undo-completed') return
    if (!this.#isOver) this.#lastTime = event.time
    switch (event.type) {
      case 'run-started':
        this.#startedAt = event.time
        this.#head = {
          'chaoslib-version': chaoslibVersion,
          'squall-version': event.squallVersion,
          platform: event.platform,
          node: event.node,
          experiment: event.experiment,
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
        return this.#applyUndo(event)
      case 'residue-found':
        this.#residue.push(...event.found.map((found) => ({ driver: event.driver, found })))
        return
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

  /** The journal of the events so far. A run that did not end reads as interrupted at its last event. */
  journal(): Journal {
    const head = this.#head
    if (!head) throw new RangeError('These events do not begin with run-started.')
    const undo = [...this.#undone.values()]
    const reason =
      this.#reason ?? (this.#duration === undefined ? 'the run ended without a farewell' : undefined)
    return {
      ...head,
      status: this.#status,
      deviated: this.#deviated,
      steady_states: this.#steadyStates(),
      run: this.#run,
      rollbacks: this.#rollbacks,
      end: timestamp(this.#lastTime),
      // The clock may have been set back meanwhile.
      duration: this.#duration ?? Math.max(0, this.#lastTime - this.#startedAt) / 1000,
      ...(reason === undefined ? {} : { reason }),
      ...(undo.length > 0 ? { undo } : {}),
      ...(this.#residue.length > 0 ? { residue: this.#residue } : {}),
      ...(this.#decision ? { rollback_decision: this.#decision } : {}),
      ...(this.#afterRollbacks ? { restored: this.#afterRollbacks.steady_state_met } : {}),
    }
  }

  #steadyStates(): Journal['steady_states'] {
    const always = { before: this.#before, after: this.#after, during: this.#during }
    return this.#afterRollbacks ? { ...always, after_rollbacks: this.#afterRollbacks } : always
  }

  /** Where there is nothing to play there is nothing to decide. */
  #decideRollbacks({ play, strategy, reason }: Extract<RunEvent, { type: 'rollbacks-decided' }>): void {
    const rollbacks = this.#head?.experiment['rollbacks']
    if (Array.isArray(rollbacks) && rollbacks.length > 0) this.#decision = { play, strategy, reason }
  }

  #skipRollback(activity: string, reason: string): void {
    if (!this.#decision) return
    this.#decision.skipped = [...(this.#decision.skipped ?? []), { activity, reason }]
  }

  #openHypothesis(phase: Phase, check: number): void {
    const state: HypothesisState = { steady_state_met: null, probes: [] }
    if (phase === 'before') this.#before = state
    else if (phase === 'after') this.#after = state
    else if (phase === 'after-rollbacks') this.#afterRollbacks = state
    else this.#during[check - 1] = state
  }

  /** A check before or after the method that was cut short is not in the journal (spec 14). */
  #closeHypothesis(phase: Phase, check: number, met: boolean | null): void {
    const state = this.#hypothesis(phase, check)
    if (state) state.steady_state_met = met
    if (met !== null) return
    if (phase === 'before') this.#before = null
    if (phase === 'after') this.#after = null
  }

  #hypothesis(phase: Phase, check: number): HypothesisState | null | undefined {
    if (phase === 'before') return this.#before
    if (phase === 'after-rollbacks') return this.#afterRollbacks
    return phase === 'after' ? this.#after : this.#during[check - 1]
  }

  #startActivity(event: Extract<RunEvent, { type: 'activity-started' }>): void {
    const run: ActivityRun = {
      activity: event.activity as JsonObject,
      output: null,
      start: timestamp(event.time),
      ...(event.repeat ? { repeat: { ...event.repeat } } : {}),
    }
    this.#open.set(event.id, run)
    if (event.phase === 'method') this.#run.push(run)
    else if (event.phase === 'rollbacks') this.#rollbacks.push(run)
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

  #applyUndo(
    event: Extract<RunEvent, { type: 'undo-registered' | 'undo-amended' | 'undo-completed' }>,
  ): void {
    if (event.type === 'undo-registered') {
      const { driver, func, activity } = event
      this.#undo.set(event.undo, { driver: driver.package, func, arguments: event.arguments, activity })
      return
    }
    const known = this.#undo.get(event.undo)
    if (!known) return
    if (event.type === 'undo-amended') {
      this.#undo.set(event.undo, { ...known, arguments: event.arguments })
      return
    }
    // A failed undo that was tried again counts once, as it ended.
    this.#undone.delete(event.undo)
    this.#undone.set(event.undo, {
      ...known,
      status: event.status,
      ...(event.reason === undefined ? {} : { reason: event.reason }),
    })
  }
}
