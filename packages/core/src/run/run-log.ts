import { rm } from 'node:fs/promises'
import path from 'node:path'
import type { RunEvent } from '@squall/contract'
import { type EventLog, openEventLog } from '@squall/event-log'
import { randomName } from '../host/random-name.ts'
import { stateFolder } from '../host/state-folder.ts'
import type { EventSink } from './event-stream.ts'

export interface RunLog extends EventSink {
  /** Writes what is left; removes the log of a run that ended unless a folder was asked for. */
  close(): Promise<void>
}

/**
 * Opens the event log of a run: in `folder`, which is kept, or in the state folder until the run has ended. Where it
 * cannot be opened or written, `onBroken` is told once and the run may go on, but nothing that needs an undo can begin:
 * `durable` rejects.
 */
export async function openRunLog(
  folder: string | undefined,
  onBroken: (error: Error) => void,
): Promise<RunLog> {
  const place = folder ?? path.join(stateFolder(), 'runs', randomName())
  try {
    const log = await openEventLog<RunEvent>(place, { onError: onBroken })
    return new OpenRunLog(log, folder === undefined ? place : undefined)
  } catch (error) {
    onBroken(error as Error)
    return { append: () => undefined, durable: () => Promise.reject(error), close: async () => undefined }
  }
}

class OpenRunLog implements RunLog {
  readonly #log: EventLog<RunEvent>
  readonly #removed: string | undefined

  constructor(log: EventLog<RunEvent>, removed: string | undefined) {
    this.#log = log
    this.#removed = removed
  }

  append(event: RunEvent): void {
    this.#log.append(event)
  }

  durable(event: RunEvent): Promise<void> {
    return this.#log.appendDurable(event)
  }

  async close(): Promise<void> {
    // A failed write was told to `onBroken`.
    await this.#log.close().catch(() => undefined)
    if (this.#removed !== undefined) await rm(this.#removed, { recursive: true, force: true })
  }
}
