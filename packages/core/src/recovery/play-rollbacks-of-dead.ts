import type { Clock, Experiment } from '@squall/contract'
import type { Environment } from '../configuration/load-configuration.ts'
import type { DriverRegistry } from '../drivers/registry.ts'
import { activityLog } from '../run/activity-log.ts'
import { decideByWhen } from '../run/decide-rollbacks.ts'
import { reasonOf } from '../run/exception-lines.ts'
import type { Interruption } from '../run/interruption.ts'
import { jsonExperiment } from '../run/json-experiment.ts'
import { makeScope } from '../run/make-scope.ts'
import { playRollbacks } from '../run/play-rollbacks.ts'
import { type DryLevel, listOf, type RunScope } from '../run/run-scope.ts'
import type { UndoLedger } from '../run/undo-ledger.ts'
import type { ContinuedLog } from './continue-log.ts'
import { experimentLeft, levelOf, recalledExperiment, recallReferences } from './recall-secrets.ts'
import type { RunCard } from './run-card.ts'
import { stepsOf } from './steps-of.ts'

export interface RollbackParts {
  readonly card: RunCard
  readonly registry: DriverRegistry
  readonly clock: Clock
  readonly environment: Environment
  readonly interruption: Interruption
  /** Takes what the rollbacks register. */
  readonly undo: UndoLedger
}

export interface PlayedRollbacks {
  /** False when they have to be played and cannot be here. */
  readonly done: boolean
  /** How many undos of what the rollbacks did failed. */
  readonly failed: number
}

/**
 * Plays the rollbacks of a run whose runner is gone where the strategy is `always`, or where that was asked for. What
 * they registered is undone after them, as at the end of any run.
 */
export async function playRollbacksOfDead(log: ContinuedLog, parts: RollbackParts): Promise<PlayedRollbacks> {
  const { records, started, events } = log
  const { rollbacks: strategy } = started.strategies
  const hasRollbacks = listOf(experimentLeft(log)['rollbacks']).length > 0
  const wasPlayed = records.some((event) => event.type === 'rollbacks-completed')
  const isSkipped = records.some((event) => event.type === 'interrupted' && event.by === 'SIGUSR2')
  if (!hasRollbacks || wasPlayed || isSkipped) return { done: true, failed: 0 }
  if (strategy !== 'always' && !parts.card.rollbacksOnCrash) {
    const reason = "the runner disappeared; the strategy 'always' plays them then too"
    events.emit({ type: 'rollbacks-decided', play: false, strategy, reason })
    return { done: true, failed: 0 }
  }
  const scope = await scopeOf(log, parts).catch((error: unknown) => {
    const message = `The rollbacks cannot be played here: ${reasonOf(error)}.`
    events.emit({ type: 'log', level: 'error', message })
  })
  if (!scope) return { done: false, failed: 0 }
  const reason = 'the runner disappeared'
  events.emit({ type: 'rollbacks-decided', play: true, strategy, reason })
  // Its journal will say that it was interrupted.
  const ending = { status: 'interrupted', deviated: records.some(({ type }) => type === 'deviated') } as const
  await playRollbacks(scope, (entry) => decideByWhen(entry, ending) ?? { play: true, reason })
  await scope.undo.undoAll(activityLog(events), scope.interruption)
  return { done: true, failed: scope.undo.failed }
}

/** Rejects for configuration that cannot be resolved: rollbacks that miss a value might hit something else. */
async function scopeOf(log: ContinuedLog, parts: RollbackParts): Promise<RunScope> {
  const { records, started, events } = log
  const { card, registry, clock, environment, interruption, undo } = parts
  await recallReferences(log, parts)
  const { dry, ...experiment } = recalledExperiment(log, card)
  const scope = await makeScope(jsonExperiment(experiment as unknown as Experiment), {
    registry,
    events,
    clock,
    interruption,
    seed: started.seed,
    directory: card.directory,
    environment,
    overrides: { ...(card.configuration === undefined ? {} : { configuration: card.configuration }) },
    redact: levelOf(card),
    dry: (dry ?? undefined) as DryLevel | undefined,
    ...(card.protection === undefined ? {} : { protection: card.protection }),
    steps: stepsOf(records, events),
    lastActivityId: records.reduce(
      (last, event) => (event.type === 'activity-started' ? Math.max(last, event.id) : last),
      0,
    ),
  })
  return { ...scope, undo }
}
