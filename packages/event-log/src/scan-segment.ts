import { decodeLine, type Line, type Seal, type SegmentHead } from './line.ts'

/** What one segment holds, whatever state it is in. */
export interface SegmentScan {
  readonly head: SegmentHead | undefined
  /** Every intact record in order, those behind damage too. */
  readonly records: readonly { readonly line: number; readonly record: unknown }[]
  readonly seals: readonly ScannedSeal[]
  readonly damage: readonly { readonly line: number; readonly reason: string }[]
  /** The last intact line; 0 when there is none. */
  readonly lastLine: number
  /** The byte behind it. */
  readonly end: number
  /** Intact records behind the last seal. */
  readonly unsealed: number
}

export interface ScannedSeal {
  readonly line: number
  /** Where its line begins and ends in the segment. */
  readonly start: number
  readonly end: number
  readonly chain: string
}

interface Span {
  readonly line: number
  readonly start: number
  readonly end: number
}

/** Reads all lines of a segment. Nothing in `bytes` makes it throw. */
export function scanSegment(bytes: Buffer): SegmentScan {
  const scan = new Scan()
  let start = 0
  for (let line = 1; start < bytes.length; line++) {
    const newline = bytes.indexOf(0x0a, start)
    if (newline < 0) {
      scan.damage.push({ line, reason: 'is cut off' })
      break
    }
    scan.take(decodeLine(bytes, start, newline), { line, start, end: newline + 1 })
    start = newline + 1
  }
  return scan
}

class Scan implements SegmentScan {
  head: SegmentHead | undefined
  readonly records: { line: number; record: unknown }[] = []
  readonly seals: ScannedSeal[] = []
  readonly damage: { line: number; reason: string }[] = []
  lastLine = 0
  end = 0
  unsealed = 0
  #isBatchDamaged = false

  take(content: Line, span: Span): void {
    const reason = this.#fault(content, span)
    if (reason !== undefined) this.#reject(span.line, reason)
    if (content.kind === 'damaged') return
    if (content.kind === 'head') this.head ??= content.head
    if (content.kind === 'record') this.#keep(content.record, span.line)
    if (content.kind === 'seal') this.#seal(content.seal, span)
    this.lastLine = span.line
    this.end = span.end
  }

  #fault(content: Line, { line }: Span): string | undefined {
    if (content.kind === 'damaged') return content.reason
    if (line === 1 && content.kind !== 'head') return 'is not the head of a segment'
    if (line > 1 && content.kind === 'head') return 'is the head of a segment in the middle of one'
    if (content.kind !== 'seal' || this.#isBatchDamaged || content.seal.records === this.unsealed)
      return undefined
    return `seals ${content.seal.records} records where there are ${this.unsealed}`
  }

  #reject(line: number, reason: string): void {
    this.damage.push({ line, reason })
    this.#isBatchDamaged = true
  }

  #keep(record: unknown, line: number): void {
    this.records.push({ line, record })
    this.unsealed++
  }

  #seal({ chain }: Seal, { line, start, end }: Span): void {
    this.seals.push({ line, start, end, chain })
    this.unsealed = 0
    this.#isBatchDamaged = false
  }
}
