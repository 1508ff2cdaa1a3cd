import { promises } from 'node:fs'
import path from 'node:path'
import type { RunEvent } from '@squall/contract'
import { type EventLog, openEventLog } from '@squall/event-log'
import { callAfter } from '../host/delay.ts'
import { randomName } from '../host/random-name.ts'
import { stateFolder } from '../host/state-folder.ts'
import type { EventSink } from './event-stream.ts'

export interface RunLogOptions {
  /** The log is kept in this folder. Absent: in a new one of the state folder, removed when the run has ended. */
  readonly folder?: string | undefined
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
  readonly #folder: string
  readonly #isKept: boolean
  readonly #onBroken: (error: Error) => void
  readonly #cancelTimer: () => void
  #held: ((log: EventLog<RunEvent>) => void)[] = []
  #opening: Promise<EventLog<RunEvent>> | undefined
  #log: EventLog<RunEvent> | undefined

  constructor({ folder, onBroken }: RunLogOptions) {
    this.#folder = folder ?? path.join(stateFolder(), 'runs', randomName())
    this.#isKept = folder !== undefined
    this.#onBroken = onBroken
    // A failure is told to `onBroken`.
    this.#cancelTimer = callAfter(openAfterMs, () => void this.#open().catch(() => undefined))
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

  /** Writes what is held back. A failure is told to `onBroken`. */
  async flush(): Promise<void> {
    if (this.#isKept) await this.#open().catch(wasTold)
    await this.#log?.flush().catch(wasTold)
  }

  /** Closes the log and removes it unless a folder was asked for. */
  async close(): Promise<void> {
    this.#cancelTimer()
    await this.#opening?.catch(wasTold)
    await this.#log?.close().catch(wasTold)
    // What cannot be removed is the log of a run that ended, which harms nobody.
    if (this.#opening && !this.#isKept)
      await promises.rm(this.#folder, { recursive: true, force: true }).catch(() => {})
  }

  #open(): Promise<EventLog<RunEvent>> {
    this.#opening ??= openEventLog<RunEvent>(this.#folder, { onError: this.#onBroken }).then(
      (log) => this.#begin(log),
      (error: Error) => {
        this.#onBroken(error)
        throw error
      },
    )
    return this.#opening
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
