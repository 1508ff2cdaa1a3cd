import { rm } from 'node:fs/promises'
import type { Clock, Experiment, Journal, ProcessIdentity, RunEvent } from '@squall/contract'
import { openEventLog, readEventLog } from '@squall/event-log'
import { JournalFold } from '../journal/fold-journal.ts'
import { writeJournal } from '../journal/write-journal.ts'
import { activityLog } from '../run/activity-log.ts'
import { EventStream } from '../run/event-stream.ts'
import { reasonOf } from '../run/exception-lines.ts'
import { Interruption } from '../run/interruption.ts'
import { jsonExperiment } from '../run/json-experiment.ts'
import { makeScope } from '../run/make-scope.ts'
import { playRollbacks } from '../run/play-rollbacks.ts'
import type { RunScope } from '../run/run-scope.ts'
import { HealerLock } from './healer-lock.ts'
import { registryOfRun } from './registry-of-run.ts'
import { type RunCard, readCard } from './run-card.ts'
import { settleLog } from './settle-log.ts'

export interface HealOptions {
  readonly self: ProcessIdentity
  /** Unique to this healer. */
  readonly token: string
  readonly isAlive: (process: ProcessIdentity) => boolean
  readonly clock: Clock
  readonly environment: Readonly<Record<string, string | undefined>>
}

/** What became of an unfinished run. */
export type Healing =
  /** Everything that was registered is undone and the journal is written. */
  | { readonly status: 'healed'; readonly journal: Journal; readonly card: RunCard }
  /** Some undo failed; the log stays for another try. */
  | { readonly status: 'failed'; readonly journal: Journal; readonly card: RunCard }
  /** The runner lives, or another healer is at it. */
  | { readonly status: 'left alone'; readonly reason: string }
  /** It had not begun, or is gone already. */
  | { readonly status: 'nothing to do' }

/**
 * Finishes a run whose runner is gone: undoes what it registered, newest first, plays its rollbacks where that was asked
 * for, and writes its journal. Works from the log alone, in any process.
 */
export async function healRun(folder: string, options: HealOptions): Promise<Healing> {
  const card = await readCard(folder)
  if (!card) return { status: 'nothing to do' }
  if (options.isAlive(card.runner))
    return { status: 'left alone', reason: `its runner lives (pid ${card.runner.pid})` }
  const lock = await HealerLock.acquire(folder, options)
  if (!(lock instanceof HealerLock))
    return { status: 'left alone', reason: `process ${lock.pid} is healing it` }
  try {
    return await healLocked(folder, card, lock, options)
  } finally {
    await lock.release()
  }
}

async function healLocked(
  folder: string,
  card: RunCard,
  lock: HealerLock,
  options: HealOptions,
): Promise<Healing> {
  const { records } = await readEventLog<RunEvent>(folder, { damage: 'skip' })
  if (records[0]?.type !== 'run-started') {
    await rm(folder, { recursive: true, force: true })
    return { status: 'nothing to do' }
  }
  const fold = new JournalFold()
  for (const event of records) fold.apply(event)
  const log = await openEventLog<RunEvent>(folder, { damage: 'skip' })
  const events = EventStream.continuing(options.clock, [(event) => fold.apply(event)], records)
  events.keepIn({ append: (event) => log.append(event), durable: (event) => log.appendDurable(event) })
  let failed: number
  try {
    failed = await finish(records, { card, lock, options, events })
  } finally {
    await log.close()
  }
  const journal = fold.journal()
  if (card.journalPath !== undefined) writeJournal(journal, card.journalPath)
  if (failed > 0) return { status: 'failed', journal, card }
  await settleLog(folder, card)
  return { status: 'healed', journal, card }
}

interface Parts {
  readonly card: RunCard
  readonly lock: HealerLock
  readonly options: HealOptions
  readonly events: EventStream
}

/** Resolves to how many undos failed. */
async function finish(records: readonly RunEvent[], parts: Parts): Promise<number> {
  const { card, lock, options, events } = parts
  const started = records[0]
  if (started?.type !== 'run-started') return 0
  const ended = records.findLast((event) => event.type === 'run-completed')
  const scope = await scopeOf(started, records, parts)
  if (!ended) scope.state.set('interrupted', `the runner disappeared (pid ${card.runner.pid})`)
  await scope.undo.undoAll(activityLog(events), scope.interruption, () => lock.isMine())
  const isAlways = started.strategies.rollbacks === 'always' || card.rollbacksOnCrash
  const wasPlayed = records.some((event) => event.type === 'rollbacks-completed')
  if (!ended && isAlways && !wasPlayed && (await lock.isMine())) await playRollbacksAndUndo(scope)
  const duration = (options.clock.now() - started.time) / 1000
  const { deviated } = scope.state
  const status = ended?.status ?? 'interrupted'
  events.emit({ type: 'run-completed', status, deviated: ended?.deviated ?? deviated, duration })
  return scope.undo.failed
}

/** What the rollbacks registered is undone after them, as at the end of any run. */
async function playRollbacksAndUndo(scope: RunScope): Promise<void> {
  const after = { ...scope, undo: scope.undo.successor() }
  await playRollbacks(after)
  await after.undo.undoAll(activityLog(scope.events), scope.interruption)
}

async function scopeOf(
  started: Extract<RunEvent, { type: 'run-started' }>,
  records: readonly RunEvent[],
  { card, options, events }: Parts,
): Promise<RunScope> {
  const experiment = started.experiment as unknown as Experiment
  const scopeOptions = {
    registry: await registryOfRun(card, records),
    events,
    clock: options.clock,
    interruption: new Interruption(() => undefined),
    seed: started.seed,
    directory: card.directory,
    environment: options.environment,
    lastActivityId: Math.max(
      0,
      ...records.map((event) => (event.type === 'activity-started' ? event.id : 0)),
    ),
  }
  const scope = await makeScope(jsonExperiment(experiment), scopeOptions).catch((error: unknown) => {
    // A variable of the environment may be missing here. An undo needs none; the rollbacks will say what they miss.
    const message = `The configuration cannot be resolved again: ${reasonOf(error)}.`
    events.emit({ type: 'log', level: 'warning', message })
    const bare = { ...experiment, configuration: {}, secrets: {} } as Experiment
    return makeScope(jsonExperiment(bare), scopeOptions)
  })
  scope.undo.restore(records)
  return scope
}
