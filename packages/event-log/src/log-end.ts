import { type LogDamage, logDamaged } from './broken-log.ts'
import { chainStart } from './chain.ts'
import { refuseNewerFormat, tornEnd } from './scan-log.ts'
import { scanSegment } from './scan-segment.ts'
import { readSegment, segmentNumbers } from './segment-files.ts'

/** Where and how writing goes on. */
export interface LogEnd {
  /** Absent when the folder holds no head yet. */
  readonly id: string | undefined
  readonly segment: number
  /** Bytes of the segment to keep; 0 when its head is still to be written. Absent when the segment is yet to be made. */
  readonly size: number | undefined
  /** Records in the segment. */
  readonly records: number
  /** The chain hash at the last seal. */
  readonly chain: string
  /** What stands behind the last seal. */
  readonly unsealed: { readonly bytes: Uint8Array; readonly records: number }
  readonly torn: LogDamage | undefined
}

const nothing = { bytes: new Uint8Array(), records: 0 }

/** Finds the end of a log from its last segments alone, so that opening a long log costs no more than a short one. */
export async function findLogEnd(folder: string, onDamage: 'refuse' | 'skip'): Promise<LogEnd> {
  const numbers = await segmentNumbers(folder)
  const last = numbers.at(-1)
  if (last === undefined) return fresh(1, undefined, chainStart)

  const bytes = await readSegment(folder, last)
  const scan = scanSegment(bytes)
  refuseNewerFormat(folder, scan)
  const torn = tornEnd(last, scan)
  const damage = scan.damage.find(({ line }) => !torn || line < torn.line)
  if (damage && onDamage === 'refuse') throw logDamaged(folder, { segment: last, ...damage })

  const before = scan.head ?? (await headAfter(folder, numbers.at(-2)))
  const seal = scan.seals.at(-1)
  const chain = seal?.chain ?? before?.previous ?? chainStart
  if (damage) return fresh(last + 1, before?.log, chain)
  if (!scan.head) return { ...fresh(last, before?.log, chain), size: 0, torn }
  const unsealed = { bytes: bytes.subarray(seal?.end ?? 0, scan.end), records: scan.unsealed }
  return {
    id: scan.head.log,
    segment: last,
    size: scan.end,
    records: scan.records.length,
    chain,
    unsealed,
    torn,
  }
}

/** What the head of the segment after this one says, for when a crash came before it was written. */
async function headAfter(
  folder: string,
  segment: number | undefined,
): Promise<{ log: string; previous: string } | undefined> {
  if (segment === undefined) return undefined
  const { head, seals } = scanSegment(await readSegment(folder, segment))
  return head && { log: head.log, previous: seals.at(-1)?.chain ?? head.previous }
}

function fresh(segment: number, id: string | undefined, chain: string): LogEnd {
  return { id, segment, size: undefined, records: 0, chain, unsealed: nothing, torn: undefined }
}
