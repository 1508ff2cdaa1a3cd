import {
  errorTable,
  hasCode,
  isObject,
  type JsonObject,
  type JsonValue,
  plainValue,
  putValue,
  type RunEvent,
  SquallError,
} from '@squall/contract'
import { substitute } from '../configuration/substitute.ts'
import { textOf } from '../configuration/text-of.ts'
import { isTruthy } from '../tolerance/python-equality.ts'
import { secondsOf, type Work } from './attempt.ts'
import { carryOut } from './carry-out.ts'
import { maxDurationOf } from './declared-seconds.ts'
import { evaluate, isHeldToTolerance, isOnRecord } from './evaluate.ts'
import { exceptionLines } from './exception-lines.ts'
import { copyJson } from './json-result.ts'
import type { ActivityOutcome, Place } from './place.ts'
import { keepingTrack } from './residue.ts'
import type { DryLevel, RunScope } from './run-scope.ts'
import { placed } from './step-missing-place.ts'
import { withinTime } from './within-time.ts'
import { workOn } from './work-on.ts'

/** Finds the activity a `ref` stands for; anything else stands for itself. Throws where there is no activity. */
export function resolveRef(entry: unknown, scope: RunScope): JsonObject {
  if (!isObject(entry)) throw new TypeError(`${textOf(entry)} stands where an activity should`)
  if (entry['ref'] === undefined || entry['ref'] === null) return entry as JsonObject
  const ref = textOf(entry['ref'])
  const activity = scope.named.get(ref)
  if (!activity) throw new SquallError('SQUALL_REF_UNKNOWN', { ref })
  return activity
}

/**
 * Plays one activity: controls, pause, provider, pause, controls (spec 5.2). A failed activity is an outcome; an error no
 * provider foresaw, or an interruption, rejects once the entry is complete in the journal.
 */
export async function playActivity(
  activity: JsonObject,
  place: Place,
  scope: RunScope,
): Promise<ActivityOutcome> {
  if (!scope.controls) return settle(await playWithPauses(activity, place, scope), place, scope)
  const outcome = await scope.controls.aroundActivity(activity, place, (answer) =>
    playWithPauses(activity, place, scope, answer),
  )
  // As the hooks after it have left it.
  scope.steps.amend(textOf(activity['name']), outcome)
  return settle(outcome, place, scope)
}

/** `answer` is what a control has it answer with in place of being carried out. */
async function playWithPauses(
  activity: JsonObject,
  place: Place,
  scope: RunScope,
  answer?: { readonly output: JsonValue },
): Promise<ActivityOutcome> {
  const instead = answer ?? (isSkipped(activity, scope.dry) ? { output: null } : undefined)
  const skipped = instead !== undefined
  place.signal.throwIfAborted()
  await pause('before', activity, place, scope, skipped)
  const outcome = await perform(activity, place, scope, instead)
  await pause('after', activity, place, scope, skipped)
  return outcome
}

async function perform(
  activity: JsonObject,
  place: Place,
  scope: RunScope,
  instead: { readonly output: JsonValue } | undefined,
): Promise<ActivityOutcome> {
  const id = scope.nextActivityId()
  begin(id, activity, place, scope)
  const started = scope.clock.monotonic()
  const call = (signal: AbortSignal): Promise<JsonValue> => callOnce(id, activity, signal, scope)
  const work = instead
    ? workInstead(instead, activity, place)
    : await workOn({ id, activity, place, scope, call })
  const took = { ...work.tries, duration: secondsOf(scope.clock.monotonic() - started) }
  const judged = work.judged ? { judged: work.judged } : {}
  if (work.ok) {
    completed(scope, id, activity, { status: 'succeeded', ...took }, work.output)
    return { id, activity, status: 'succeeded', output: plainValue(work.output), ...judged }
  }
  const failure = placed(work.error, activity)
  if (!hasCode(failure, 'SQUALL_ACTIVITY_FAILED')) {
    completed(scope, id, activity, took)
    await pauseAfterError(activity, place, scope)
    throw place.signal.aborted ? place.signal.reason : unexpected(activity, failure)
  }
  const reason = { exception: exceptionLines(failure), ...ownHint(failure) }
  completed(scope, id, activity, { status: 'failed', ...reason, ...took })
  return { id, activity, status: 'failed', output: null, ...judged }
}

/** What is not carried out is held to no tolerance. */
function workInstead({ output }: { output: JsonValue }, activity: JsonObject, place: Place): Work {
  return { ok: true, output, ...(isHeldToTolerance(activity, place) ? { judged: { met: true } } : {}) }
}

function begin(id: number, activity: JsonObject, place: Place, scope: RunScope): void {
  const { phase, check, background, repeat } = place
  // What a control changes later is not what was so at this time.
  const shown = scope.controls ? copyJson(activity) : activity
  const which = repeat ? { repeat } : {}
  scope.steps.started(textOf(activity['name']))
  scope.events.emit({ type: 'activity-started', id, phase, check, activity: shown, background, ...which })
}

/** Holds an answer to its tolerance where the activity asks for that itself; the hypothesis does so on its own. */
async function settle(outcome: ActivityOutcome, place: Place, scope: RunScope): Promise<ActivityOutcome> {
  const { id, activity, status, judged } = outcome
  const isHeld = isHeldToTolerance(activity, place)
  if (!isHeld && !isOnRecord(activity, place, scope)) return outcome
  if (status === 'failed' && !isHeld) return outcome
  const result = judged ?? (status === 'failed' ? undefined : await evaluate(outcome, place, scope))
  scope.events.emit({ type: 'tolerance-checked', id, ...(result ?? { met: false }) })
  return result && isHeld ? { ...outcome, judged: result } : outcome
}

/** A hint that says more than the one every failed activity has. */
function ownHint({ hint }: SquallError): { hint?: string } {
  return hint === errorTable.SQUALL_ACTIVITY_FAILED.hint ? {} : { hint }
}

/** The pause after an activity is kept also when an error no provider foresaw ends the method (spec 5.2, step 9). */
async function pauseAfterError(activity: JsonObject, place: Place, scope: RunScope): Promise<void> {
  if (!place.signal.aborted) await pause('after', activity, place, scope, false)
}

/** An error that no provider foresaw, told with the activity it ended. */
export function unexpected(activity: JsonObject, cause: unknown): SquallError {
  const reason = (cause instanceof Error ? cause.message : textOf(cause)).replace(/\.$/, '')
  return new SquallError('SQUALL_RUN_UNEXPECTED', { activity: textOf(activity['name']), reason }, { cause })
}

type Completed = Extract<RunEvent, { type: 'activity-completed' }>

/** A number of the output keeps its text in the journal, and for the steps that use it. */
function completed(
  scope: RunScope,
  id: number,
  activity: JsonObject,
  end: Omit<Completed, 'type' | 'id' | 'seq' | 'time' | 'output'>,
  output: JsonValue = null,
): void {
  const { status = null, duration } = end
  scope.steps.ended(textOf(activity['name']), { status, output, duration })
  const event = { type: 'activity-completed', id, output: null, ...end } as const
  putValue(event, 'output', output)
  scope.events.emit(event)
}

function isSkipped(activity: JsonObject, dry: DryLevel | undefined): boolean {
  // A `dry` key on the activity switches dry mode off for it, whatever its value (spec 18).
  if (dry === undefined || dry === 'pause' || 'dry' in activity) return false
  return (
    dry === 'activities' || (dry === 'probes' ? activity['type'] === 'probe' : activity['type'] === 'action')
  )
}

function pauseLength(declared: JsonValue, activity: JsonObject, scope: RunScope): JsonValue {
  try {
    return substitute(declared, scope.variables)
  } catch (error) {
    throw unexpected(activity, placed(error, activity))
  }
}

async function pause(
  when: 'before' | 'after',
  activity: JsonObject,
  place: Place,
  scope: RunScope,
  skipped: boolean,
): Promise<void> {
  const declared = isObject(activity['pauses']) ? (activity['pauses'][when] as JsonValue) : undefined
  const found = declared === undefined ? null : pauseLength(declared, activity, scope)
  const length = found === true ? 1 : found
  if (!isTruthy(length)) return
  const isKept = !skipped && scope.dry !== 'pause'
  if (typeof length !== 'number' || !Number.isFinite(length) || length < 0) {
    // Only whoever keeps a pause finds out that it is none (spec 4).
    if (!isKept) return
    throw unexpected(activity, new TypeError(`a pause of ${textOf(length)} is no number of seconds`))
  }
  scope.events.emit({ type: 'pause', activity: textOf(activity['name']), when, seconds: length })
  if (isKept) await scope.clock.sleep(length * 1000, place.signal)
}

/** Carries it out within its own time, and keeps track of what it leaves behind on purpose. */
async function callOnce(
  id: number,
  activity: JsonObject,
  signal: AbortSignal,
  scope: RunScope,
): Promise<JsonValue> {
  const limit = maxDurationOf(activity, scope.variables)
  // Only an undo after a set time asks when its activity has ended; a controller for each would cost every activity.
  const ended = activity['undo'] === undefined ? undefined : new AbortController()
  try {
    return await keepingTrack(activity, scope, () =>
      withinTime(limit, signal, scope.clock, (either) =>
        carryOut(activity, { id, signal: either, ...(ended ? { ended: ended.signal } : {}) }, scope),
      ),
    )
  } finally {
    ended?.abort()
  }
}
