import { type LogDamage, type LogPlace, logDamaged } from './broken-log.ts'
import { isBefore, scanLog } from './scan-log.ts'

/** How to read a log. */
export interface ReadOptions {
  /**
   * What to do at a damaged line in the middle: `stop` there, or `skip` it and go on with the intact lines behind it,
   * as a recovery does that would rather undo too much than too little.
   * @defaultValue `stop`
   */
  readonly damage?: 'stop' | 'skip'
}

/** Everything that could be read from a log. */
export interface EventLogContent<Item> {
  /** The log's id; absent when nothing was written yet. */
  readonly id?: string
  readonly records: Item[]
  /** A half-written end, which is left out. A crash leaves one; it is no damage. */
  readonly torn?: LogDamage
  /** Damaged lines in the middle; empty when all is well. */
  readonly damage: readonly LogDamage[]
}

/** A record and where it stands. */
export interface LoggedRecord<Item> extends LogPlace {
  readonly record: Item
}

/**
 * Reads a whole log into memory. It may be read while it is written. Throws `SQUALL_LOG_BROKEN` when the folder cannot
 * be read or the log is of a newer format; damage is reported, not thrown.
 */
export async function readEventLog<Item = unknown>(
  folder: string,
  options: ReadOptions = {},
): Promise<EventLogContent<Item>> {
  const records: Item[] = []
  const damage: LogDamage[] = []
  let id: string | undefined
  let torn: LogDamage | undefined
  for await (const segment of scanLog(folder)) {
    damage.push(...segment.damage)
    const stops = options.damage === 'skip' ? [] : damage
    for (const { line, record } of segment.scan.records) {
      if (stops.length === 0 || isBefore({ segment: segment.number, line }, stops))
        records.push(record as Item)
    }
    id ??= segment.scan.head?.log
    torn = segment.torn
    if (stops.length > 0) break
  }
  return { records, damage, ...(id !== undefined && { id }), ...(torn && { torn }) }
}

/**
 * Reads a log record by record, holding one segment in memory. A half-written end is left out. Throws
 * `SQUALL_LOG_BROKEN` like `readEventLog`, and at the first damaged line unless told to skip it.
 */
export async function* iterateEventLog<Item = unknown>(
  folder: string,
  options: ReadOptions = {},
): AsyncGenerator<LoggedRecord<Item>> {
  for await (const { number: segment, scan, damage } of scanLog(folder)) {
    const stops = options.damage === 'skip' ? [] : damage
    for (const { line, record } of scan.records) {
      if (isBefore({ segment, line }, stops)) yield { segment, line, record: record as Item }
    }
    const [first] = stops
    if (first) throw logDamaged(folder, first)
  }
}
