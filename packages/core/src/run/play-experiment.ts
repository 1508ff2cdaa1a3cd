import { activityLog } from './activity-log.ts'
import { checkHypothesis } from './check-hypothesis.ts'
import { checkRestored } from './check-restored.ts'
import { type ContinuousOptions, startContinuousHypothesis } from './continuous-hypothesis.ts'
import { planRollbacks } from './decide-rollbacks.ts'
import { reasonOf } from './exception-lines.ts'
import { isInterruption } from './interruption.ts'
import { playMethod } from './play-method.ts'
import { playRollbacks } from './play-rollbacks.ts'
import { prepareProbes } from './prepare-probes.ts'
import { reportResidue, survey } from './residue.ts'
import { listOf, probesOf, type RunScope } from './run-scope.ts'
import type { HypothesisStrategy, Strategies } from './strategies.ts'

export interface PlayOptions {
  readonly strategies: Strategies
  readonly continuous: ContinuousOptions
  readonly withMethod: boolean
}

const checksBefore: readonly HypothesisStrategy[] = ['default', 'before-method-only', 'continuously']
const checksDuring: readonly HypothesisStrategy[] = ['during-method-only', 'continuously']
const checksAfter: readonly HypothesisStrategy[] = ['default', 'after-method-only', 'continuously']

/** Plays an experiment from its first check to the last undo (spec 9). Never rejects: what went wrong is its status. */
export async function playExperiment(options: PlayOptions, scope: RunScope): Promise<void> {
  const before = await survey(scope)
  try {
    scope.interruption.throwIfRequested()
    await scope.controls?.beforeExperiment()
    if (await gateOpens(options, scope)) await playAndCheck(options, scope)
    scope.interruption.throwIfRequested()
  } catch (error) {
    scope.state.set(isInterruption(error) ? 'interrupted' : 'aborted', reasonOf(error))
  }
  scope.interruption.renew('rolling back')
  await putBack(options.strategies.rollbacks, scope)
  await scope.undo.undoAll(activityLog(scope.events), scope.interruption)
  await checkRestored(options.strategies, scope)
  await reportResidue(before, scope)
}

async function putBack(strategy: string, scope: RunScope): Promise<void> {
  const { status, deviated, isStopped } = scope.state
  const ending = { status: status ?? 'completed', deviated, isStopped } as const
  const { skipsRollbacks } = scope.interruption
  const plan = planRollbacks(strategy, listOf(scope.experiment.rollbacks), { ...ending, skipsRollbacks })
  const { play, reason } = plan
  scope.events.emit({ type: 'rollbacks-decided', strategy, play, reason })
  if (play) await playRollbacks(scope, plan.decide)
}

function hasHypothesis(scope: RunScope): boolean {
  return probesOf(scope.experiment).length > 0
}

/** The check before the method. When it is not met the method is skipped, yet the run counts as completed (spec 10). */
async function gateOpens({ strategies }: PlayOptions, scope: RunScope): Promise<boolean> {
  if (!hasHypothesis(scope) || !checksBefore.includes(strategies.hypothesis)) return true
  const result = await checkHypothesis('before', 0, scope.interruption.foreground, scope)
  if (result.met) return true
  const reason = `the steady state was not met before the method: ${result.reason}`
  scope.state.set(result.probeFailed ? 'failed' : 'completed', reason)
  return false
}

async function playAndCheck(
  { strategies, continuous, withMethod }: PlayOptions,
  scope: RunScope,
): Promise<void> {
  const during = hasHypothesis(scope) && checksDuring.includes(strategies.hypothesis)
  if (during) await prepareProbes(scope)
  const loop = during ? startContinuousHypothesis(continuous, scope) : undefined
  try {
    if (withMethod) await playMethod(scope)
  } finally {
    await loop?.stop()
  }
  const over = scope.state.status === 'aborted' || scope.state.status === 'interrupted'
  if (over || !hasHypothesis(scope) || !checksAfter.includes(strategies.hypothesis)) return
  await checkAfter(scope)
}

async function checkAfter(scope: RunScope): Promise<void> {
  const result = await checkHypothesis('after', 0, scope.interruption.foreground, scope)
  if (result.met) return
  const reason = `the steady state was not met after the method: ${result.reason}`
  scope.state.set(result.probeFailed ? 'failed' : 'completed', reason)
  scope.state.deviate(reason)
}
