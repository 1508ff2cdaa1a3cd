/** A range of event keys, both ends included. */
export interface EventRange {
  readonly start: bigint
  readonly end: bigint
}

/** File times from here on mean that there is no end (7.3). */
export const noEnd: bigint = 3_155_378_975_999_999_999n

const nothing: EventRange = { start: 1n, end: 0n }

/**
 * A token for the rest of a range, in the form that clients know: `x`, a file time, a GUID. It says all it means, so it
 * outlives restarts and is kept nowhere; asked for again it gives the same page (allowed by 7.3). The GUID holds the
 * end and a check sum.
 */
export function tokenOf({ start, end }: EventRange): string {
  const digits = hex(end) + hex(checkOf(start, end))
  const groups = [
    digits.slice(0, 8),
    digits.slice(8, 12),
    digits.slice(12, 16),
    digits.slice(16, 20),
    digits.slice(20),
  ]
  return `x${start}-${groups.join('-')}`
}

/** The range a token stands for; an empty one for a token that was never given out. */
export function rangeOfToken(token: string): EventRange {
  const parts = /^x(\d{1,19})-([0-9a-f]{8})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{12})$/.exec(
    token,
  )
  if (!parts) return nothing
  const start = BigInt(parts[1] ?? 0)
  const digits = parts.slice(2).join('')
  const end = BigInt(`0x${digits.slice(0, 16)}`)
  return digits.slice(16) === hex(checkOf(start, end)) ? { start, end } : nothing
}

function hex(value: bigint): string {
  return value.toString(16).padStart(16, '0')
}

/** FNV-1a of 64 bits over both ends: enough to tell a token of ours from a made-up one. */
function checkOf(start: bigint, end: bigint): bigint {
  let hash = 0xcbf29ce484222325n
  for (const letter of `${start}/${end}`) {
    hash = ((hash ^ BigInt(letter.charCodeAt(0))) * 0x100000001b3n) & 0xffffffffffffffffn
  }
  return hash
}
