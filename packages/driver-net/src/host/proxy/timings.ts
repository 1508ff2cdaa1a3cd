import type { Attributes } from '../../toxic-types.ts'
import type { Timing } from './timed-queue.ts'

const small = 64 * 1024
/** What may be on its way over a long line at once. */
const line = 8 * 1024 * 1024

/** The toxics that do nothing but hold data for a time. */
export const timings: Readonly<
  Record<string, (of: (name: string) => number, chance: () => number) => Timing>
> = {
  latency: (of, chance) => ({
    due: (_bytes, now) => now + of('latency') + of('jitter') * (2 * chance() - 1),
    endDue: (_now, last) => last,
    capacity: line,
  }),
  bandwidth: (of) => ({
    // A rate of 0 lets nothing through.
    due: (bytes, now, last) => Math.max(now, last) + (of('rate') > 0 ? bytes / of('rate') : never),
    endDue: (now, last) => Math.max(now, last),
    // No piece takes longer than 20 ms, so that data trickles instead of coming in bursts.
    cut: (chunk) => pieces(chunk, () => Math.max(1, Math.floor(of('rate') * 20))),
    capacity: small,
  }),
  slow_close: (of) => ({
    due: (_bytes, now) => now,
    endDue: (now) => now + of('delay'),
    capacity: small,
  }),
  slicer: (of, chance) => ({
    due: (_bytes, now, last) => (last > now - 1 ? last : now) + of('delay') / 1000,
    endDue: (now, last) => Math.max(now, last),
    cut: (chunk) => pieces(chunk, () => sliceSize(of('average_size'), of('size_variation'), chance)),
    capacity: small,
  }),
}

/** Longer than any experiment, and short enough for a timer: 20 days. */
const never = 20 * 24 * 3_600_000

/** Attributes of numbers, by name. */
export function numbersOf(attributes: Attributes): (name: string) => number {
  return (name) => Number(attributes[name])
}

function sliceSize(average: number, variation: number, chance: () => number): number {
  return Math.max(1, Math.floor(average + variation * (2 * chance() - 1)))
}

function pieces(chunk: Buffer, size: () => number): readonly Buffer[] {
  const cut: Buffer[] = []
  for (let at = 0; at < chunk.length; ) {
    const piece = chunk.subarray(at, at + size())
    cut.push(piece)
    at += piece.length
  }
  return cut
}
