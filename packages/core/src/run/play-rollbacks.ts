import { isObject, type JsonValue } from '@squall/contract'
import { textOf } from '../configuration/text-of.ts'
import { resolveRef } from './activity.ts'
import { BackgroundWork } from './background-work.ts'
import type { Decision } from './decide-rollbacks.ts'
import { reasonOf } from './exception-lines.ts'
import { isInterruption } from './interruption.ts'
import { playEntry } from './repeat.ts'
import { listOf, type RunScope } from './run-scope.ts'

type Decide = (entry: JsonValue) => Decision

/**
 * Plays the rollbacks in order that `decide` is for. A failed one does not stop the next unless it says so
 * (`onFailure`); an interruption stops the rest.
 */
export async function playRollbacks(scope: RunScope, decide: Decide): Promise<void> {
  const { controls, interruption } = scope
  const { foreground: signal } = interruption
  try {
    if (controls) await controls.aroundList('rollback', signal, () => playAll(scope, decide, signal))
    else await playAll(scope, decide, signal)
  } catch (error) {
    scope.state.set(isInterruption(error) ? 'interrupted' : 'aborted', reasonOf(error))
    return
  }
  if (signal.aborted) scope.state.set('interrupted', reasonOf(signal.reason))
}

async function playAll(scope: RunScope, decide: Decide, signal: AbortSignal): Promise<void> {
  const rollbacks = scope.experiment.rollbacks ?? []
  const background = new BackgroundWork(scope)
  scope.events.emit({ type: 'rollbacks-started', activities: listOf(rollbacks).length })
  try {
    if (!Array.isArray(rollbacks)) throw new TypeError('the rollbacks are no list of activities')
    for (const entry of listOf(rollbacks)) {
      signal.throwIfAborted()
      if (background.isStopped) break
      const { play, reason } = decide(entry)
      if (!play) skip(entry, reason, scope)
      else if (!(await playOne(entry, background, signal, scope))) break
    }
  } finally {
    await background.finished()
    scope.events.emit({ type: 'rollbacks-completed' })
  }
}

function skip(entry: JsonValue, reason: string, scope: RunScope): void {
  const name = isObject(entry) ? (entry['name'] ?? entry['ref'] ?? '') : ''
  scope.events.emit({ type: 'rollback-skipped', activity: textOf(name), reason })
}

/** Resolves to whether the next one is played. */
async function playOne(
  entry: JsonValue,
  background: BackgroundWork,
  signal: AbortSignal,
  scope: RunScope,
): Promise<boolean> {
  const activity = resolveRef(entry, scope)
  if (!isObject(entry) || entry['background'] !== true)
    return playEntry(entry, activity, { phase: 'rollbacks', check: 0, background: false, signal }, scope)
  background.start(entry, activity, 'rollbacks')
  return true
}
