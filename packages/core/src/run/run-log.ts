import path from 'node:path'
import type { RunEvent } from '@squall/contract'
import { type EventLog, logBroken, openEventLog } from '@squall/event-log'
import { callAfter } from '../host/delay.ts'
import { startWatchdog, type Watchdog } from '../host/start-watchdog.ts'
import { type RunCard, writeCard } from '../recovery/run-card.ts'
import { copyLog, settleLog } from '../recovery/settle-log.ts'
import type { EventSink } from './event-stream.ts'
import { makePrivateFolder } from './make-private-folder.ts'

export interface RunLogOptions {
  /** Where the log lies while the run goes on: a new folder of the state folder, where any later start finds it. */
  readonly folder: string
  readonly card: RunCard
  /**
   * Told once when the log cannot be opened or written. The run may go on, but nothing that needs an undo can begin:
   * `durable` rejects.
   */
  readonly onBroken: (error: Error) => void
}

/** How long events are held back before they are on their way to the disk. */
const openAfterMs = 50

/**
 * The event log of a run. It is opened when something must be on disk or a moment has passed: a run that changes nothing
 * and ends at once leaves the disk alone.
 */
export class RunLog implements EventSink {
  readonly #options: RunLogOptions
  readonly #cancelTimer: () => void
  #held: ((log: EventLog<RunEvent>) => void)[] = []
  #opening: Promise<EventLog<RunEvent>> | undefined
  #log: EventLog<RunEvent> | undefined
  #watchdog: Promise<Watchdog> | undefined
  #watchdogPids: readonly number[] = []
  #stays = false

  constructor(options: RunLogOptions) {
    this.#options = options
    // A failure is told to `onBroken`.
    this.#cancelTimer = callAfter(openAfterMs, () => void this.#open().catch(() => undefined))
  }

  /** Where the log lies while the run goes on. */
  get folder(): string {
    return this.#options.folder
  }

  /** The watchdog's pid, once there is one. */
  get watchdogPids(): readonly number[] {
    return this.#watchdogPids
  }

  append(event: RunEvent): void {
    if (this.#log) this.#log.append(event)
    else this.#held.push((log) => log.append(event))
  }

  durable(event: RunEvent): Promise<void> {
    if (this.#log) return this.#log.appendDurable(event)
    return new Promise((resolve, reject) => {
      this.#held.push((log) => void log.appendDurable(event).then(resolve, reject))
      this.#open().catch(reject)
    })
  }

  /** Resolves once a watchdog is there that finishes this run should its runner disappear. */
  async guard(): Promise<void> {
    this.#watchdog = this.#watching(this.#watchdog)
    await Promise.all([this.#watchdog, this.#open()])
  }

  /** The watchdog there is, or a new one where there is none or it was killed. */
  async #watching(present: Promise<Watchdog> | undefined): Promise<Watchdog> {
    // One that could not be started is tried again.
    const watchdog = await present?.catch(() => undefined)
    if (watchdog && !watchdog.isGone()) return watchdog
    const started = await startWatchdog(this.#options.folder)
    this.#watchdogPids = [started.pid]
    return started
  }

  /** Writes what is held back. A failure is told to `onBroken`. */
  async flush(): Promise<void> {
    if (this.#options.card.keepLogIn !== undefined) await this.#open().catch(wasTold)
    await this.#log?.flush().catch(wasTold)
  }

  /** Something could not be undone: the log stays where it is, so that `squall recover` can try again. */
  stay(): void {
    this.#stays = true
  }

  /** Closes the log of a run that ended and puts it where it is to be kept, or removes it; with `stays` a copy of it. */
  async close({ stays = false }: { readonly stays?: boolean } = {}): Promise<void> {
    this.#cancelTimer()
    await this.#opening?.catch(wasTold)
    await this.#log?.close().catch(wasTold)
    const { folder, card, onBroken } = this.#options
    // What cannot be moved or removed is the log of a run that ended, which harms nobody.
    const settle = stays || this.#stays ? copyLog : settleLog
    if (this.#opening) await settle(folder, card).catch(onBroken)
    const watchdog = await this.#watchdog?.catch(() => undefined)
    await watchdog?.dismiss()
  }

  #open(): Promise<EventLog<RunEvent>> {
    this.#opening ??= this.#openWithCard().then(
      (log) => this.#begin(log),
      (error: Error) => {
        this.#options.onBroken(error)
        throw error
      },
    )
    return this.#opening
  }

  /** The card comes first: a log without one says nothing to whoever finds it. */
  async #openWithCard(): Promise<EventLog<RunEvent>> {
    const { folder, card, onBroken } = this.#options
    try {
      await makePrivateFolder(path.dirname(folder))
      await makePrivateFolder(folder)
      await writeCard(folder, card)
    } catch (error) {
      throw logBroken(folder, error)
    }
    return openEventLog<RunEvent>(folder, { onError: onBroken })
  }

  #begin(log: EventLog<RunEvent>): EventLog<RunEvent> {
    for (const hand of this.#held) hand(log)
    this.#held = []
    this.#log = log
    return log
  }
}

/** The log tells `onBroken` of its first failure, and only then rejects. */
function wasTold(): void {}
