import {
  type ActivityContext,
  type Clock,
  hasCode,
  type JsonObject,
  type JsonValue,
  type Phase,
  type ProviderFields,
  SquallError,
} from '@squall/contract'
import { substitute } from '../configuration/substitute.ts'
import type { Resolved } from '../drivers/registry.ts'
import { activityLog } from './activity-log.ts'
import { callProvider, secretsFor } from './call-provider.ts'
import { exceptionLines } from './exception-lines.ts'
import type { DryLevel, RunScope } from './run-scope.ts'
import { seededRandom } from './seeded-random.ts'

/** Where an activity stands in the run. */
export interface Place {
  readonly phase: Phase
  /** Which check of the continuous hypothesis; 0 elsewhere. */
  readonly check: number
  readonly background: boolean
  readonly signal: AbortSignal
}

export interface ActivityOutcome {
  readonly id: number
  readonly activity: JsonObject
  readonly status: 'succeeded' | 'failed'
  readonly output: JsonValue
  readonly failure?: unknown
}

/** Finds the activity a `ref` stands for; anything else stands for itself. */
export function resolveRef(entry: JsonObject, scope: RunScope): JsonObject {
  if (entry['ref'] === undefined || entry['ref'] === null) return entry
  const activity = scope.named.get(String(entry['ref']))
  if (!activity) throw new SquallError('SQUALL_REF_UNKNOWN', { ref: String(entry['ref']) })
  return activity
}

/**
 * Plays one activity: pause, provider, pause (spec 5.2). A failed activity is an outcome; an error no provider foresaw,
 * or an interruption, rejects once the entry is complete in the journal.
 */
export async function playActivity(
  activity: JsonObject,
  place: Place,
  scope: RunScope,
): Promise<ActivityOutcome> {
  const skipped = isSkipped(activity, scope.dry)
  await pause('before', activity, place, scope, skipped)
  const outcome = await perform(activity, place, scope, skipped)
  await pause('after', activity, place, scope, skipped)
  return outcome
}

async function perform(
  activity: JsonObject,
  place: Place,
  scope: RunScope,
  skipped: boolean,
): Promise<ActivityOutcome> {
  const id = scope.nextActivityId()
  const { phase, check, background } = place
  scope.events.emit({ type: 'activity-started', id, phase, check, activity, background })
  const started = scope.clock.monotonic()
  const complete = (end: Omit<Parameters<typeof completed>[2], 'duration'>): void =>
    completed(scope, id, { ...end, duration: seconds(scope.clock.monotonic() - started) })
  try {
    const output = skipped ? null : await call(id, activity, place, scope)
    complete({ status: 'succeeded', output })
    return { id, activity, status: 'succeeded', output }
  } catch (failure) {
    if (!hasCode(failure, 'SQUALL_ACTIVITY_FAILED') || place.signal.aborted) {
      complete({ output: null })
      await pauseQuietly(activity, place, scope)
      throw place.signal.aborted ? place.signal.reason : unexpected(activity, failure)
    }
    complete({ status: 'failed', output: null, exception: exceptionLines(failure) })
    return { id, activity, status: 'failed', output: null, failure }
  }
}

/** The pause after an activity is kept also when an error no provider foresaw ends the method (spec 5.2, step 9). */
async function pauseQuietly(activity: JsonObject, place: Place, scope: RunScope): Promise<void> {
  if (!place.signal.aborted) await pause('after', activity, place, scope, false)
}

function unexpected(activity: JsonObject, cause: unknown): SquallError {
  const reason = (cause instanceof Error ? cause.message : String(cause)).replace(/\.$/, '')
  return new SquallError('SQUALL_RUN_UNEXPECTED', { activity: String(activity['name']), reason }, { cause })
}

function completed(
  scope: RunScope,
  id: number,
  end: { status?: 'succeeded' | 'failed'; output: JsonValue; exception?: string[]; duration: number },
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
  const declared = activity['pauses'] as JsonObject | null | undefined
  const length = declared?.[when] === undefined ? null : substitute(declared[when], scope.variables)
  if (length === null || length === 0 || length === '' || length === false) return
  const name = String(activity['name'])
  if (typeof length !== 'number')
    throw unexpected(activity, new TypeError(`a pause of ${JSON.stringify(length)} is no number of seconds`))
  scope.events.emit({ type: 'pause', activity: name, when, seconds: length })
  if (skipped || scope.dry === 'pause') return
  await scope.clock.sleep(length * 1000, place.signal)
}

async function call(id: number, activity: JsonObject, place: Place, scope: RunScope): Promise<JsonValue> {
  const provider = activity['provider'] as unknown as ProviderFields
  const resolved = await scope.registry.resolve(provider)
  const request = { activity, provider, resolved, variables: scope.variables }
  const result = callProvider(request, contextFor(id, activity, resolved, place.signal, scope))
  return orAbandon(result, place.signal, scope.clock)
}

/** A driver has 100 ms to return after an abort; the run does not wait longer for it. */
const graceMs = 100

async function orAbandon<Result>(
  result: Promise<Result>,
  signal: AbortSignal,
  clock: Clock,
): Promise<Result> {
  let abandon = (): void => undefined
  const abandoned = new Promise<never>((_resolve, reject) => {
    abandon = () => {
      clock.sleep(graceMs).then(() => reject(signal.reason), reject)
    }
  })
  signal.addEventListener('abort', abandon, { once: true })
  try {
    return await Promise.race([result, abandoned])
  } finally {
    signal.removeEventListener('abort', abandon)
  }
}

/** What a driver is handed for one call. */
export function contextFor(
  id: number,
  activity: JsonObject,
  resolved: Resolved,
  signal: AbortSignal,
  scope: RunScope,
): ActivityContext {
  const name = String(activity['name'])
  const provider = activity['provider'] as unknown as ProviderFields
  return {
    signal,
    log: activityLog(scope.events, name),
    configuration: scope.variables.configuration,
    secrets: secretsFor(provider, scope.variables.secrets),
    directory: scope.directory,
    clock: scope.clock,
    random: seededRandom(scope.seed, 'activity', id),
    undo: async (func, args) => {
      if (activity['keep'] !== true) return scope.undo.register(resolved.from, name, func, args)
      scope.events.emit({
        type: 'log',
        level: 'info',
        message: `'${name}' keeps its effect: nothing will undo it.`,
        activity: name,
      })
      return { amend: async () => undefined }
    },
  }
}
