const ticksPerMs = 10_000n
const epoch = 116_444_736_000_000_000n

/** The Windows file time of milliseconds since 1970: ticks of 100 ns since 1601 (7.3). */
export function fileTimeOf(unixMs: number): bigint {
  const whole = Math.floor(unixMs)
  return BigInt(whole) * ticksPerMs + BigInt(Math.floor((unixMs - whole) * 10_000)) + epoch
}

/** Milliseconds since 1970, without what is below one. */
export function unixMsOf(ticks: bigint): number {
  const since = ticks - epoch
  const floored = since >= 0n ? since / ticksPerMs : (since - ticksPerMs + 1n) / ticksPerMs
  return Number(floored)
}

/** A moment in the form of the wire: UTC, three decimals. */
export function isoOf(unixMs: number): string {
  return new Date(unixMs).toISOString()
}
