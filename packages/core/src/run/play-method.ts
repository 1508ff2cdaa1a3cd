import { isObject, type JsonValue } from '@squall/contract'
import { resolveRef } from './activity.ts'
import { BackgroundWork } from './background-work.ts'
import { reasonOf } from './exception-lines.ts'
import { isInterruption } from './interruption.ts'
import { playEntry } from './repeat.ts'
import { listOf, type RunScope } from './run-scope.ts'

/**
 * Plays the method in order, background activities beside it, and waits for those at the end (spec 11). An interruption
 * rejects once background work is done; any other error no provider foresaw sets the status to aborted.
 */
export async function playMethod(scope: RunScope): Promise<void> {
  const { controls, interruption } = scope
  if (controls) await controls.aroundList('method', interruption.foreground, () => playAll(scope))
  else await playAll(scope)
  scope.interruption.throwIfRequested()
}

async function playAll(scope: RunScope): Promise<void> {
  const { method } = scope.experiment
  const background = new BackgroundWork(scope)
  scope.events.emit({ type: 'method-started', activities: listOf(method).length })
  try {
    if (!Array.isArray(method)) throw new TypeError('the method is no list of activities')
    for (const entry of listOf(method)) {
      scope.interruption.throwIfRequested()
      if (scope.state.isOver) break
      await playOne(entry, background, scope)
    }
  } catch (error) {
    if (isInterruption(error)) throw error
    scope.state.set('aborted', reasonOf(error))
  } finally {
    await background.finished()
    scope.events.emit({ type: 'method-completed' })
  }
}

async function playOne(entry: JsonValue, background: BackgroundWork, scope: RunScope): Promise<void> {
  const activity = resolveRef(entry, scope)
  // `background` is read from the entry, also where that is a ref (spec 5.1).
  if (isObject(entry) && entry['background'] === true) return background.start(entry, activity, 'method')
  const place = {
    phase: 'method',
    check: 0,
    background: false,
    signal: scope.interruption.foreground,
  } as const
  await playEntry(entry, activity, place, scope)
}
