import type { LogDamage } from './broken-log.ts'
import { Chain } from './chain.ts'
import { type ScannedSegment, scanLog } from './scan-log.ts'

/** The outcome of checking a log. */
export interface EventLogVerification {
  /** True when every line is intact and the chain hash holds from the first segment that is left to the last seal. */
  readonly intact: boolean
  /** Intact records. */
  readonly records: number
  /** Those of them behind the last seal, which no chain hash covers. A crash leaves some. */
  readonly unsealed: number
  /** The last chain hash. Noted elsewhere, it shows later that nothing before it was removed or changed. */
  readonly chain?: string
  readonly damage: readonly LogDamage[]
  /** A half-written end. A crash leaves one; it is no damage. */
  readonly torn?: LogDamage
}

/** Checks every checksum and the whole hash chain of a log. Throws `SQUALL_LOG_BROKEN` when the folder cannot be read. */
export async function verifyEventLog(folder: string): Promise<EventLogVerification> {
  const damage: LogDamage[] = []
  let records = 0
  let last: ScannedSegment | undefined
  for await (const segment of scanLog(folder)) {
    damage.push(...segment.damage, ...brokenSeals(segment))
    records += segment.scan.records.length
    last = segment
  }
  return {
    intact: damage.length === 0,
    records,
    unsealed: last?.scan.unsealed ?? 0,
    damage,
    ...(last && { chain: last.scan.seals.at(-1)?.chain ?? last.previous }),
    ...(last?.torn && { torn: last.torn }),
  }
}

/** The first seal whose hash is wrong, where no damaged line explains that. Those behind it build on it. */
function brokenSeals({ number, bytes, scan, previous, damage }: ScannedSegment): LogDamage[] {
  if (damage.length > 0) return []
  const chain = new Chain(previous)
  let from = 0
  for (const seal of scan.seals) {
    chain.add(bytes.subarray(from, seal.start))
    if (chain.seal() !== seal.chain) {
      return [{ segment: number, line: seal.line, reason: 'seals other bytes than those before it' }]
    }
    from = seal.end
  }
  return []
}
