import path from 'node:path'
import { type Clock, type JsonValue, type RegisteredUndo, SquallError } from '@squall/contract'
import type { DriverPackage } from '../drivers/driver-package.ts'
import type { DriverRegistry } from '../drivers/registry.ts'
import { systemClock } from '../host/clock.ts'
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

export interface UndoRunOptions {
  /** What it is about, for `squall recover` and the log. */
  readonly title: string
  /** The driver whose undo functions are registered. */
  readonly driver: DriverPackage
  readonly registry: DriverRegistry
  /** @defaultValue the clock of this machine */
  readonly clock?: Clock
  /** The folder of its log. @defaultValue a new one in the user's state folder */
  readonly folder?: string
}

/** How long one undo may take with all its tries. */
const undoSeconds = 60

/**
 * A run that has no experiment: something that is about to do harm outside one, such as a fault of continuous chaos. What
 * it registers is on disk before the harm, watched over by a watchdog, and found by `squall recover`, as in any run.
 * Nothing is written until something is registered.
 */
export class UndoRun {
  readonly #options: UndoRunOptions
  readonly #clock: Clock
  readonly #events: EventStream
  readonly #ledger: UndoLedger
  #log: RunLog | undefined
  #began = 0

  constructor(options: UndoRunOptions) {
    const { registry, clock = systemClock } = options
    this.#options = options
    this.#clock = clock
    this.#events = new EventStream(clock, [])
    this.#ledger = new UndoLedger({
      events: this.#events,
      registry,
      clock,
      guard: () => this.#begin().guard(),
    })
  }

  /**
   * Resolves once the record is on disk and somebody will act on it. Rejects with `SQUALL_UNDO_UNKNOWN`,
   * `SQUALL_ARGUMENTS_INVALID` or `SQUALL_UNDO_NOT_RECORDED`; the harm must then not be done.
   */
  register(func: string, args: JsonValue): Promise<RegisteredUndo> {
    const { driver, title } = this.#options
    this.#begin()
    return this.#ledger.register(driver, title, func, args)
  }

  /** Undoes what was registered, the newest first. Rejects with `SQUALL_UNDO_FAILED` when some of it could not be. */
  async settle(): Promise<void> {
    const log = this.#log
    if (!log) return
    const { title } = this.#options
    const limits = { limitSeconds: undoSeconds }
    await this.#ledger.undoAll(activityLog(this.#events), new Interruption(() => undefined), limits)
    const { failed, canBeTriedAgain } = this.#ledger
    if (canBeTriedAgain) log.stay()
    const duration = (this.#clock.monotonic() - this.#began) / 1000
    const status = failed === 0 ? 'completed' : 'failed'
    this.#events.emit({ type: 'run-completed', status, deviated: false, duration })
    await log.flush()
    this.#events.close()
    await log.close()
    if (failed > 0) throw new SquallError('SQUALL_UNDO_FAILED', { activity: title, reason: this.#reasons() })
  }

  #begin(): RunLog {
    if (this.#log) return this.#log
    const { title, folder = path.join(runsFolder(), randomName()) } = this.#options
    this.#log = new RunLog({ folder, card: this.#card(), onBroken: () => undefined })
    this.#began = this.#clock.monotonic()
    this.#events.keepIn(this.#log)
    this.#events.emit({
      type: 'run-started',
      run: path.basename(folder),
      squallVersion: version,
      ...machineFacts(),
      experiment: { title, description: '', method: [] },
      strategies: { hypothesis: 'skip', rollbacks: 'never' },
      seed: '',
    })
    return this.#log
  }

  #card(): RunCard {
    const { driver } = this.#options
    const directory = processEnvironment.workingDirectory()
    return {
      format: 1,
      runner: ownIdentity(),
      rollbacksOnCrash: false,
      drivers: driver.file === '' ? [] : [{ name: driver.name, folder: driver.folder }],
      directory,
      workingDirectory: directory,
    }
  }

  #reasons(): string {
    return this.#events.events
      .flatMap((event) =>
        event.type === 'undo-completed' && event.status === 'failed' ? (event.reason ?? []) : [],
      )
      .join('; ')
  }
}
