import type { Fault } from '@squall/contract'

/** Carries faults out, one after the other, from the same beginning, and tells whether what failed fails again. */
export type FailsAgain = (faults: readonly Fault[]) => Promise<boolean>

export interface ShrinkOptions {
  /** Replays at most. @defaultValue 200 */
  readonly mostReplays?: number
  /** Ends it early with the smallest sequence so far. */
  readonly signal?: AbortSignal
  /** Told of each sequence that still fails, the smallest so far. */
  readonly onSmaller?: (faults: readonly Fault[]) => void
}

/** What is left of a sequence of faults that fails. */
export interface Shrunk {
  readonly faults: readonly Fault[]
  readonly replays: number
  /** Whether no fault can be left out any more; false when it ended early. */
  readonly isSmallest: boolean
  /** Whether the sequence failed at all when it was replayed. When not, `faults` are those given. */
  readonly failed: boolean
}

/**
 * Cuts a failing sequence of faults down to one that still fails and from which no single fault can be left out: halves
 * first, then quarters, and so on to single faults (delta debugging).
 */
export async function shrinkFaults(
  faults: readonly Fault[],
  failsAgain: FailsAgain,
  { mostReplays = 200, signal, onSmaller }: ShrinkOptions = {},
): Promise<Shrunk> {
  let replays = 0
  const mayGoOn = (): boolean => replays < mostReplays && !signal?.aborted
  const fails = async (some: readonly Fault[]): Promise<boolean> => {
    replays++
    return failsAgain(some)
  }
  if (!mayGoOn() || !(await fails(faults))) return { faults, replays, isSmallest: false, failed: false }
  let smallest = faults
  let pieces = Math.min(2, smallest.length)
  while (smallest.length > 0 && mayGoOn()) {
    const smaller = await withoutOnePiece(smallest, pieces, fails, mayGoOn)
    if (smaller) {
      smallest = smaller
      onSmaller?.(smallest)
      pieces = Math.max(Math.min(2, smallest.length), Math.min(pieces - 1, smallest.length))
      continue
    }
    if (!mayGoOn()) break
    if (pieces >= smallest.length) return { faults: smallest, replays, isSmallest: true, failed: true }
    pieces = Math.min(pieces * 2, smallest.length)
  }
  return { faults: smallest, replays, isSmallest: smallest.length === 0, failed: true }
}

/** The sequence without the first of so many pieces that is not needed for the failure. */
async function withoutOnePiece(
  faults: readonly Fault[],
  pieces: number,
  fails: FailsAgain,
  mayGoOn: () => boolean,
): Promise<readonly Fault[] | undefined> {
  for (let piece = 0; piece < pieces && mayGoOn(); piece++) {
    const from = Math.floor((piece * faults.length) / pieces)
    const until = Math.floor(((piece + 1) * faults.length) / pieces)
    const rest = [...faults.slice(0, from), ...faults.slice(until)]
    if (await fails(rest)) return rest
  }
  return undefined
}
