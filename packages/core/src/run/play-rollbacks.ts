import { isObject } from '@squall/contract'
import { playActivity, resolveRef } from './activity.ts'
import { BackgroundWork } from './background-work.ts'
import { reasonOf } from './exception-lines.ts'
import { isInterruption } from './interruption.ts'
import { listOf, type RunScope } from './run-scope.ts'

/** Decides by the strategy whether rollbacks are played, and why (spec 12). */
export function decideRollbacks(strategy: string, scope: RunScope): { play: boolean; reason: string } {
  const { status, deviated } = scope.state
  if (scope.interruption.skipsRollbacks)
    return { play: false, reason: 'SIGUSR2 ends a run without rollbacks' }
  switch (strategy) {
    case 'always':
      return { play: true, reason: 'the strategy is always' }
    case 'never':
      return { play: false, reason: 'the strategy is never' }
    case 'deviated':
      return deviated
        ? { play: true, reason: 'the steady state deviated' }
        : { play: false, reason: 'the strategy is deviated and the steady state did not deviate' }
    case 'default':
      return status === 'failed' || status === 'interrupted'
        ? {
            play: false,
            reason: `the run ${status === 'failed' ? 'failed' : 'was interrupted'}; the strategy 'always' plays them then too`,
          }
        : { play: true, reason: 'the default strategy plays them' }
    default:
      return { play: false, reason: `there is no rollback strategy '${strategy}'` }
  }
}

/** Plays every rollback in order. A failed one does not stop the next; an interruption stops the rest. */
export async function playRollbacks(scope: RunScope): Promise<void> {
  const { controls, interruption } = scope
  const { foreground: signal } = interruption
  try {
    if (controls) await controls.aroundList('rollback', signal, () => playAll(scope, signal))
    else await playAll(scope, signal)
  } catch (error) {
    scope.state.set(isInterruption(error) ? 'interrupted' : 'aborted', reasonOf(error))
    return
  }
  if (signal.aborted) scope.state.set('interrupted', reasonOf(signal.reason))
}

async function playAll(scope: RunScope, signal: AbortSignal): Promise<void> {
  const rollbacks = scope.experiment.rollbacks ?? []
  const background = new BackgroundWork(scope)
  scope.events.emit({ type: 'rollbacks-started', activities: listOf(rollbacks).length })
  try {
    if (!Array.isArray(rollbacks)) throw new TypeError('the rollbacks are no list of activities')
    for (const entry of listOf(rollbacks)) {
      signal.throwIfAborted()
      const activity = resolveRef(entry, scope)
      if (isObject(entry) && entry['background'] === true) background.start(activity, 'rollbacks')
      else await playActivity(activity, { phase: 'rollbacks', check: 0, background: false, signal }, scope)
    }
  } finally {
    await background.finished()
    scope.events.emit({ type: 'rollbacks-completed' })
  }
}
