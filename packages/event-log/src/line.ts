import { isObject, parseJson } from '@squall/contract'
import { crc32Hex } from './crc32.ts'

/** The number of the format that is written. Files of a higher number are refused. */
export const formatVersion = 1

/** The first line of a segment. */
export interface SegmentHead {
  readonly format: number
  /** The log's id: equal in all segments of a folder. */
  readonly log: string
  readonly segment: number
  /** The chain hash at the end of the segment before this one. */
  readonly previous: string
}

/** The last line of a batch. */
export interface Seal {
  /** Records since the last seal. */
  readonly records: number
  /** SHA-256 over the last chain hash and every byte of this segment since its last seal. */
  readonly chain: string
}

export type Line =
  | { readonly kind: 'head'; readonly head: SegmentHead }
  | { readonly kind: 'seal'; readonly seal: Seal }
  | { readonly kind: 'record'; readonly record: unknown }
  | { readonly kind: 'damaged'; readonly reason: string }

const checksumLength = 8
const space = 0x20
const newline = 0x0a
// No JSON value begins with this character, so records and the log's own lines cannot be mistaken for each other.
const mark = '#'

export function headText(head: SegmentHead): string {
  return mark + JSON.stringify({ head })
}

export function sealText(seal: Seal): string {
  return mark + JSON.stringify({ seal })
}

/** Writes texts as lines: checksum, space, text, newline. */
export function encodeLines(texts: readonly string[]): Buffer {
  let size = 0
  for (const text of texts) size += Buffer.byteLength(text) + checksumLength + 2
  const bytes = Buffer.allocUnsafe(size)
  let at = 0
  for (const text of texts) {
    const start = at + checksumLength + 1
    const end = start + bytes.write(text, start)
    bytes.write(crc32Hex(bytes, start, end), at, 'latin1')
    bytes[start - 1] = space
    bytes[end] = newline
    at = end + 1
  }
  return bytes
}

/** Reads the line `bytes[start..end)`, given without its newline. */
export function decodeLine(bytes: Buffer, start: number, end: number): Line {
  const textStart = start + checksumLength + 1
  if (textStart >= end || bytes[textStart - 1] !== space) return damaged('is not a line of an event log')
  if (bytes.toString('latin1', start, textStart - 1) !== crc32Hex(bytes, textStart, end)) {
    return damaged('does not match its checksum')
  }
  const text = bytes.toString('utf8', textStart, end)
  try {
    return text.startsWith(mark)
      ? ownLine(JSON.parse(text.slice(1)))
      : { kind: 'record', record: parseJson(text) }
  } catch {
    // Only a line that was made by hand passes its checksum and still is no JSON.
    return damaged('is not JSON')
  }
}

function ownLine(value: unknown): Line {
  if (isObject(value) && isHead(value['head'])) return { kind: 'head', head: value['head'] }
  if (isObject(value) && isSeal(value['seal'])) return { kind: 'seal', seal: value['seal'] }
  return damaged('is of a kind that is not known')
}

function isHead(value: unknown): value is SegmentHead {
  if (!isObject(value) || typeof value['format'] !== 'number') return false
  // Of a newer format only its number is known.
  if (value['format'] > formatVersion) return true
  const { log, segment, previous } = value
  return typeof log === 'string' && typeof segment === 'number' && typeof previous === 'string'
}

function isSeal(value: unknown): value is Seal {
  return isObject(value) && typeof value['records'] === 'number' && typeof value['chain'] === 'string'
}

function damaged(reason: string): Line {
  return { kind: 'damaged', reason }
}
