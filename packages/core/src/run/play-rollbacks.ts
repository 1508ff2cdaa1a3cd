import type { JsonObject } from '@squall/contract'
import { playActivity, resolveRef } from './activity.ts'
import { BackgroundWork } from './background-work.ts'
import { reasonOf } from './exception-lines.ts'
import { isInterruption } from './interruption.ts'
import type { RunScope } from './run-scope.ts'

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
  const rollbacks = (scope.experiment.rollbacks ?? []) as unknown as JsonObject[]
  const background = new BackgroundWork(scope)
  scope.interruption.renewForeground()
  scope.events.emit({ type: 'rollbacks-started', activities: rollbacks.length })
  try {
    for (const entry of rollbacks) {
      scope.interruption.throwIfRequested()
      const activity = resolveRef(entry, scope)
      if (entry['background'] === true) background.start(activity, 'rollbacks')
      else {
        const { foreground } = scope.interruption
        await playActivity(
          activity,
          { phase: 'rollbacks', check: 0, background: false, signal: foreground },
          scope,
        )
      }
    }
  } catch (error) {
    const interrupted = isInterruption(error)
    scope.state.set(interrupted ? 'interrupted' : 'aborted', reasonOf(error))
  } finally {
    await background.finished()
    scope.events.emit({ type: 'rollbacks-completed' })
  }
}
