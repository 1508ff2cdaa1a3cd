import path from 'node:path'
import { type Clock, type JsonValue, type RegisteredUndo, SquallError } from '@squall/contract'
import type { DriverPackage } from '../drivers/driver-package.ts'
import type { DriverRegistry } from '../drivers/registry.ts'
import { processEnvironment } from '../host/environment.ts'
import { machineFacts } from '../host/machine.ts'
import { ownIdentity } from '../host/process-identity.ts'
import { randomName } from '../host/random-name.ts'
import { runsFolder } from '../host/state-folder.ts'
import type { RunCard } from '../recovery/run-card.ts'
import { version } from '../version.ts'
import { activityLog } from './activity-log.ts'
import { EventStream } from './event-stream.ts'
import { Interruption } from './interruption.ts'
import { RunLog } from './run-log.ts'
import { UndoLedger } from './undo-ledger.ts'

export interface UndoScopeOptions {
  /** Names the harm for a person who finds it unfinished. */
  readonly title: string
  /** Whose undo functions are registered. */
  readonly driver: DriverPackage
  readonly registry: DriverRegistry
  readonly clock: Clock
}

/**
 * A harm outside of any experiment, such as a fault of continuous chaos. What it registers lies in the state folder like a
 * run of its own: a watchdog or `squall recover` undoes it when this process disappears.
 */
export interface UndoScope {
  /** Resolves once the record is on disk and somebody watches; rejects as `context.undo` does. */
  register(func: string, args: JsonValue): Promise<RegisteredUndo>
  /** Carries out what was registered, the newest first. Rejects with `SQUALL_UNDO_FAILED`; its record stays then. */
  settle(): Promise<void>
}

/** Opens a scope. Nothing is written before something is registered. */
export function openUndoScope({ title, driver, registry, clock }: UndoScopeOptions): UndoScope {
  const events = new EventStream(clock, [])
  const log = new RunLog({
    folder: path.join(runsFolder(), randomName()),
    card: cardOf(driver),
    // Whoever registers is told by the rejection.
    onBroken: () => undefined,
  })
  const ledger = new UndoLedger({ events, registry, clock, guard: () => log.guard() })
  let isOpen = false

  function begin(): void {
    if (isOpen) return
    isOpen = true
    events.keepIn(log)
    events.emit(started(title))
  }

  return {
    register: (func, args) => {
      begin()
      return ledger.register(driver, title, func, args)
    },
    settle: async () => {
      await ledger.undoAll(activityLog(events), new Interruption(() => undefined))
      if (isOpen) events.emit({ type: 'run-completed', status: 'completed', deviated: false, duration: 0 })
      if (ledger.canBeTriedAgain) log.stay()
      await log.flush()
      events.close()
      await log.close()
      if (ledger.failed > 0)
        throw new SquallError('SQUALL_UNDO_FAILED', { what: title, count: ledger.failed })
    },
  }
}

function cardOf({ name, folder, file }: DriverPackage): RunCard {
  const workingDirectory = processEnvironment.workingDirectory()
  return {
    format: 1,
    runner: ownIdentity(),
    rollbacksOnCrash: false,
    drivers: file === '' ? [] : [{ name, folder }],
    directory: workingDirectory,
    workingDirectory,
  }
}

function started(title: string): Parameters<EventStream['emit']>[0] {
  return {
    type: 'run-started',
    run: title,
    squallVersion: version,
    ...machineFacts(),
    experiment: { title, description: title, method: [], dry: null },
    strategies: { hypothesis: 'skip', rollbacks: 'never' },
    seed: '',
  }
}
