import { type LogDamage, type LogPlace, logBroken } from './broken-log.ts'
import { chainStart } from './chain.ts'
import { formatVersion } from './line.ts'
import { type SegmentScan, scanSegment } from './scan-segment.ts'
import { readSegment, segmentNumbers } from './segment-files.ts'

/** One segment of a log, judged together with the one before it. */
export interface ScannedSegment {
  readonly number: number
  readonly bytes: Buffer
  readonly scan: SegmentScan
  /** The chain hash with which this segment begins. */
  readonly previous: string
  readonly damage: readonly LogDamage[]
  /** The end of the log that a crash left half-written. Only the last segment has one. */
  readonly torn: LogDamage | undefined
}

interface Neighbour {
  readonly number: number
  readonly log: string | undefined
  readonly chain: string
}

/** Scans the segments of a log one after the other. Throws `SQUALL_LOG_BROKEN` when the folder cannot be read. */
export async function* scanLog(folder: string): AsyncGenerator<ScannedSegment> {
  const numbers = await readable(folder, segmentNumbers(folder))
  let before: Neighbour | undefined
  for (const number of numbers) {
    const bytes = await readable(folder, readSegment(folder, number))
    const segment = judge(folder, { number, bytes, isLast: number === numbers.at(-1) }, before)
    yield segment
    before = {
      number,
      log: segment.scan.head?.log ?? before?.log,
      chain: segment.scan.seals.at(-1)?.chain ?? segment.previous,
    }
  }
}

/** The part of a scan that a crash left half-written: everything behind the last intact line. */
export function tornEnd(number: number, scan: SegmentScan): LogDamage | undefined {
  const first = scan.damage.find(({ line }) => line > scan.lastLine)
  return first && { segment: number, ...first }
}

/** Tells whether `place` lies in front of everything in `damage`. */
export function isBefore(place: LogPlace, damage: readonly LogDamage[]): boolean {
  return damage.every(
    ({ segment, line }) => place.segment < segment || (place.segment === segment && place.line < line),
  )
}

/** Throws when a segment was written in a format this version does not know. */
export function refuseNewerFormat(folder: string, { head }: SegmentScan): void {
  if (head && head.format > formatVersion) {
    throw logBroken(folder, new Error(`it was written by a newer squall, in format ${head.format}`))
  }
}

function judge(
  folder: string,
  { number, bytes, isLast }: { number: number; bytes: Buffer; isLast: boolean },
  before: Neighbour | undefined,
): ScannedSegment {
  const scan = scanSegment(bytes)
  refuseNewerFormat(folder, scan)
  const torn = isLast ? tornEnd(number, scan) : undefined
  const own = scan.damage.filter(({ line }) => !torn || line < torn.line)
  const damage = [
    ...joint(number, scan, before, isLast),
    ...own.map((each) => ({ segment: number, ...each })),
  ]
  return { number, bytes, scan, damage, torn, previous: scan.head?.previous ?? before?.chain ?? chainStart }
}

function joint(
  number: number,
  { head, lastLine }: SegmentScan,
  before: Neighbour | undefined,
  isLast: boolean,
): LogDamage[] {
  if (before && number !== before.number + 1) {
    return [{ segment: before.number + 1, line: 1, reason: 'is missing, with its whole segment' }]
  }
  const first = { segment: number, line: 1 }
  if (!head) return lastLine === 0 && !isLast ? [{ ...first, reason: 'is missing' }] : []
  if (head.segment !== number) return [{ ...first, reason: `belongs to segment ${head.segment}` }]
  if (!before) return []
  if (head.log !== before.log) return [{ ...first, reason: 'belongs to another log' }]
  return head.previous === before.chain
    ? []
    : [{ ...first, reason: 'does not continue the segment before it' }]
}

async function readable<T>(folder: string, reading: Promise<T>): Promise<T> {
  try {
    return await reading
  } catch (error) {
    throw logBroken(folder, error)
  }
}
