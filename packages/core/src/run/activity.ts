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
import { carryOut } from './carry-out.ts'
import { copyJson } from './copy-json.ts'
import { maxDurationOf } from './declared-seconds.ts'
import { exceptionLines } from './exception-lines.ts'
import type { ActivityOutcome, Place } from './place.ts'
import { keepingTrack } from './residue.ts'
import type { DryLevel, RunScope } from './run-scope.ts'
import { withinTime } from './within-time.ts'

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
  if (!scope.controls) return playWithPauses(activity, place, scope)
  return scope.controls.aroundActivity(activity, place, (answer) =>
    playWithPauses(activity, place, scope, answer),
  )
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
  const { phase, check, background } = place
  // What a control changes later is not what was so at this time.
  const shown = scope.controls ? copyJson(activity) : activity
  scope.events.emit({ type: 'activity-started', id, phase, check, activity: shown, background })
  const started = scope.clock.monotonic()
  const complete = (end: Omit<Parameters<typeof completed>[2], 'duration'>): void =>
    completed(scope, id, { ...end, duration: seconds(scope.clock.monotonic() - started) })
  try {
    const answer = instead ? instead.output : await call(id, activity, place, scope)
    const output = plainValue(answer)
    const end = { status: 'succeeded', output } as const
    // A number keeps its text in the journal.
    putValue(end, 'output', answer)
    complete(end)
    return { id, activity, status: 'succeeded', output }
  } catch (failure) {
    if (!hasCode(failure, 'SQUALL_ACTIVITY_FAILED')) {
      complete({ output: null })
      await pauseAfterError(activity, place, scope)
      throw place.signal.aborted ? place.signal.reason : unexpected(activity, failure)
    }
    complete({ status: 'failed', output: null, exception: exceptionLines(failure), ...ownHint(failure) })
    return { id, activity, status: 'failed', output: null }
  }
}

/** A hint that says more than the one every failed activity has. */
function ownHint({ hint }: SquallError): { hint?: string } {
  return hint === errorTable.SQUALL_ACTIVITY_FAILED.hint ? {} : { hint }
}

/** The pause after an activity is kept also when an error no provider foresaw ends the method (spec 5.2, step 9). */
async function pauseAfterError(activity: JsonObject, place: Place, scope: RunScope): Promise<void> {
  if (!place.signal.aborted) await pause('after', activity, place, scope, false)
}

function unexpected(activity: JsonObject, cause: unknown): SquallError {
  const reason = (cause instanceof Error ? cause.message : textOf(cause)).replace(/\.$/, '')
  return new SquallError('SQUALL_RUN_UNEXPECTED', { activity: textOf(activity['name']), reason }, { cause })
}

function completed(
  scope: RunScope,
  id: number,
  end: Omit<Extract<RunEvent, { type: 'activity-completed' }>, 'type' | 'id' | 'seq' | 'time'>,
): void {
  scope.events.emit({ type: 'activity-completed', id, ...end })
}

/** Microseconds are as fine as the reference's journal gets. */
function seconds(milliseconds: number): number {
  return Math.round(milliseconds * 1000) / 1_000_000
}

function isSkipped(activity: JsonObject, dry: DryLevel | undefined): boolean {
  // A `dry` key on the activity switches dry mode off for it, whatever its value (spec 18).
  if (dry === undefined || dry === 'pause' || 'dry' in activity) return false
  return (
    dry === 'activities' || (dry === 'probes' ? activity['type'] === 'probe' : activity['type'] === 'action')
  )
}

async function pause(
  when: 'before' | 'after',
  activity: JsonObject,
  place: Place,
  scope: RunScope,
  skipped: boolean,
): Promise<void> {
  const declared = isObject(activity['pauses']) ? (activity['pauses'][when] as JsonValue) : undefined
  const length = declared === undefined ? null : substitute(declared, scope.variables)
  if (!isTruthy(length)) return
  if (typeof length !== 'number' || !Number.isFinite(length) || length < 0)
    throw unexpected(activity, new TypeError(`a pause of ${textOf(length)} is no number of seconds`))
  scope.events.emit({ type: 'pause', activity: textOf(activity['name']), when, seconds: length })
  if (skipped || scope.dry === 'pause') return
  await scope.clock.sleep(length * 1000, place.signal)
}

/** Carries it out within its own time, and keeps track of what it leaves behind on purpose. */
async function call(id: number, activity: JsonObject, place: Place, scope: RunScope): Promise<JsonValue> {
  const limit = maxDurationOf(activity, scope.variables)
  // Only an undo after a set time asks when its activity has ended; a controller for each would cost every activity.
  const ended = activity['undo'] === undefined ? undefined : new AbortController()
  try {
    return await keepingTrack(activity, scope, () =>
      withinTime(limit, place.signal, scope.clock, (signal) =>
        carryOut(activity, { id, signal, ...(ended ? { ended: ended.signal } : {}) }, scope),
      ),
    )
  } finally {
    ended?.abort()
  }
}
