import { type JsonValue, jsonText } from '@squall/contract'
import { rewriteJson } from '../redact/rewrite-json.ts'

/** What an activity answered with. */
export type WholeOutput = { output: JsonValue; exception?: string[] }

/** Shorter pieces say nothing, and the note that stands between them has about this length. */
const shortestPiece = 200

/** About the bytes that a value takes up in a file; stops counting above `limit`. */
export function sizeOf(value: JsonValue, limit: number = Number.POSITIVE_INFINITY): number {
  if (typeof value === 'string') return Buffer.byteLength(value) + 2
  if (typeof value !== 'object' || value === null) return 8
  let size = 2
  for (const [key, item] of Object.entries(value)) {
    size += (Array.isArray(value) ? 1 : Buffer.byteLength(key) + 4) + sizeOf(item as JsonValue, limit - size)
    if (size > limit) return size
  }
  return size
}

/**
 * Cuts the long texts in an output until it takes up about `maxBytes`: head and tail stay, and between them stands how
 * much was left out and `where` it is. What is large without long texts becomes a text itself, cut likewise.
 */
export function cutOutput(whole: WholeOutput, maxBytes: number, where: string): WholeOutput {
  const longest = longestText(whole, maxBytes)
  if (longest >= shortestPiece) return cutTexts(whole, longest, where) as WholeOutput
  const output = cutText(jsonText(whole.output), maxBytes, where)
  return whole.exception
    ? { output: null, exception: [cutText(whole.exception.join(''), maxBytes, where)] }
    : { output }
}

/** The length in bytes to which texts have to be cut, so that those together that are longer give up what is too much. */
function longestText(whole: WholeOutput, maxBytes: number): number {
  const sizes = textSizes(whole).sort((a, b) => a - b)
  let left = maxBytes - (sizeOf(whole) - sizes.reduce((sum, size) => sum + size, 0))
  if (left < 0) return 0
  for (const [at, size] of sizes.entries()) {
    const share = left / (sizes.length - at)
    if (size > share) return Math.floor(share)
    left -= size
  }
  return Number.POSITIVE_INFINITY
}

function textSizes(value: JsonValue): number[] {
  if (typeof value === 'string') return [Buffer.byteLength(value)]
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap((item) => textSizes(item))
}

function cutTexts(value: JsonValue, longest: number, where: string): JsonValue {
  return rewriteJson(value, {
    key: (key) => key,
    leaf: (leaf) =>
      typeof leaf === 'string' && Buffer.byteLength(leaf) > longest ? cutText(leaf, longest, where) : leaf,
  })
}

function cutText(text: string, bytes: number, where: string): string {
  const piece = Math.max(0, Math.floor((bytes - shortestPiece) / 2))
  const all = Buffer.from(text)
  const head = all.toString('utf8', 0, boundary(all, piece))
  const tail = all.toString('utf8', boundary(all, all.length - piece))
  const left = text.length - head.length - tail.length
  return `${head}\n[... ${left} characters are left out here; ${where} ...]\n${tail}`
}

/** Where a character begins, at or before a byte. */
function boundary(bytes: Buffer, at: number): number {
  let start = at
  while (start > 0 && start < bytes.length && ((bytes[start] ?? 0) & 0xc0) === 0x80) start -= 1
  return start
}
