import type { Clock, Journal, ProcessIdentity } from '@squall/contract'
import { writeJournal } from '../journal/write-journal.ts'
import { activityLog } from '../run/activity-log.ts'
import { Interruption } from '../run/interruption.ts'
import { UndoLedger } from '../run/undo-ledger.ts'
import { type ContinuedLog, continueLog } from './continue-log.ts'
import { HealerLock } from './healer-lock.ts'
import { playRollbacksOfDead } from './play-rollbacks-of-dead.ts'
import { recallReferences, recallSecrets } from './recall-secrets.ts'
import { registryOfRun } from './registry-of-run.ts'
import { type RunCard, readCard } from './run-card.ts'
import { settleLog } from './settle-log.ts'
import { takeLogAway } from './take-log-away.ts'

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
  /** Some undo failed, or the rollbacks could not be played; the log stays for another try. */
  | { readonly status: 'failed'; readonly journal: Journal; readonly card: RunCard }
  /** The runner lives, or another healer is at it. */
  | { readonly status: 'left alone'; readonly reason: string }
  /** It had not begun, or is gone already. */
  | { readonly status: 'nothing to do' }

/** How long one undo may take with all its tries: nobody may be there to end one that hangs. */
const undoSeconds = 60

/**
 * Finishes a run whose runner is gone: undoes what it registered, newest first, plays its rollbacks where that was asked
 * for, and writes its journal. Works from the log alone, in any process.
 */
export async function healRun(folder: string, options: HealOptions): Promise<Healing> {
  const card = await readCard(folder)
  if (!card) return { status: 'nothing to do' }
  if (options.isAlive(card.runner))
    return { status: 'left alone', reason: `its runner lives (pid ${card.runner.pid})` }
  const answer = await HealerLock.acquire(folder, options)
  if (answer.status === 'gone') return { status: 'nothing to do' }
  if (answer.status === 'held')
    return { status: 'left alone', reason: `process ${answer.by.pid} is healing it` }
  const { lock, takenFrom } = answer
  try {
    if (takenFrom) await takeLogAway(folder)
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
  const log = await continueLog(folder, options.clock)
  if (!log) {
    await settleLog(folder, {})
    return { status: 'nothing to do' }
  }
  let isHealed: boolean
  try {
    isHealed = await finish(log, { card, lock, options })
  } finally {
    await log.close()
  }
  if (!(await lock.isMine())) return { status: 'left alone', reason: 'another process has taken it over' }
  const journal = log.journal()
  if (card.journalPath !== undefined) writeJournal(journal, card.journalPath)
  if (!isHealed) return { status: 'failed', journal, card }
  await settleLog(folder, card)
  return { status: 'healed', journal, card }
}

interface Parts {
  readonly card: RunCard
  readonly lock: HealerLock
  readonly options: HealOptions
}

/** Resolves to whether nothing is left to do. */
async function finish(log: ContinuedLog, { card, lock, options }: Parts): Promise<boolean> {
  const { records, started, events } = log
  const { clock, environment } = options
  const isMine = (): Promise<boolean> => lock.isMine()
  const hasEnded = records.some((event) => event.type === 'run-completed')
  recallSecrets(log, card, environment)
  if (!hasEnded) sayThatItDied(log, card)
  const interruption = new Interruption(() => undefined)
  const registry = await registryOfRun(card, records)
  const undo = new UndoLedger({ events, registry, clock })
  undo.restore(records)
  // Only then: reading secrets takes a server, which may be what the run has broken.
  const isMissing = (name: string): boolean => !events.redactor.references.isKnown(name)
  if (undo.secretsNeeded.some(isMissing)) await recallReferences(log, { card, environment, registry, clock })
  await undo.undoAll(activityLog(events), interruption, { mayGoOn: isMine, limitSeconds: undoSeconds })
  if (hasEnded || !(await isMine())) return undo.failed === 0
  const parts = { card, registry, clock, environment, interruption, undo: undo.successor() }
  const rollbacks = await playRollbacksOfDead(log, parts)
  if (!rollbacks.done || !(await isMine())) return false
  // The clock may have been set back since.
  const duration = Math.max(0, clock.now() - started.time) / 1000
  const deviated = records.some((event) => event.type === 'deviated')
  events.emit({ type: 'run-completed', status: 'interrupted', deviated, duration })
  return undo.failed + rollbacks.failed === 0
}

/** A healer before this one may have said so already. */
function sayThatItDied({ records, events }: ContinuedLog, { runner }: RunCard): void {
  const reason = `the runner disappeared (pid ${runner.pid})`
  const wasSaid = records.some((event) => event.type === 'status-changed' && event.reason === reason)
  if (!wasSaid) events.emit({ type: 'status-changed', status: 'interrupted', reason })
}
