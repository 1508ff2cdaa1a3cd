import { type LogBroken, logBroken } from './broken-log.ts'
import { type EventLog, EventLogWriter } from './event-log.ts'
import { loadCrypto } from './host/crypto.ts'
import { systemTimer } from './host/timer.ts'
import { findLogEnd } from './log-end.ts'
import { nodeLogFiles } from './node-log-files.ts'
import type { LogFiles, LogTimer } from './ports.ts'
import { SegmentWriter } from './segment-writer.ts'

/** Options of `openEventLog`. */
export interface EventLogOptions {
  /**
   * The id of a log that is new; one that is there keeps its own.
   * @defaultValue a random UUID
   */
  readonly id?: string
  /**
   * Records in a segment file, after which the next one begins.
   * @defaultValue 5000
   */
  readonly segmentRecords?: number
  /**
   * What to do when the last segment is damaged in the middle: `refuse` to open the log, or `skip` the damage and go
   * on in a new segment, which only readers that skip damage too will reach.
   * @defaultValue `refuse`
   */
  readonly damage?: 'refuse' | 'skip'
  /** Told of the first failed write, and of records that come after `close`. */
  readonly onError?: (error: LogBroken) => void
  /** @defaultValue a timer of the system that does not keep the process alive */
  readonly timer?: LogTimer
  /** @defaultValue the real file system */
  readonly files?: LogFiles
}

/**
 * Opens the log in `folder` for writing, and makes it where there is none: files for their owner only. A half-written
 * end is cut off. One process at a time may have a log open for writing; nothing here checks that. Throws
 * `SQUALL_LOG_BROKEN` when the folder cannot be used, the log is damaged or of a newer format.
 */
export async function openEventLog<Item = unknown>(
  folder: string,
  options: EventLogOptions = {},
): Promise<EventLog<Item>> {
  const { files = nodeLogFiles, timer = systemTimer, segmentRecords = 5000, onError } = options
  try {
    const newEntries = await files.prepare(folder)
    const end = await findLogEnd(folder, options.damage ?? 'refuse')
    const id = end.id ?? options.id ?? loadCrypto().randomUUID()
    const segments = await SegmentWriter.open({ folder, id, segmentRecords, files, newEntries }, end)
    return new EventLogWriter<Item>({ id, folder, segments, timer, onError, torn: end.torn })
  } catch (error) {
    throw logBroken(folder, error)
  }
}
