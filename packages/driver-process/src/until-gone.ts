import type { FamilyEnd } from './process-world.ts'

export interface Patience {
  readonly limitMs: number
  /** Milliseconds of a clock that never goes back. */
  now(): number
  wait(milliseconds: number): Promise<void>
}

export interface Farewell {
  /** Whether there was anything to end. */
  readonly found: boolean
  readonly refused: readonly number[]
  /** Pids that got SIGKILL and were still there at the end of our patience. */
  readonly remaining: readonly number[]
}

const betweenLooksMs = 4

/** Ends a family again and again until nothing of it is left: a killed process takes a moment to go. */
export async function endUntilGone(end: () => Promise<FamilyEnd>, patience: Patience): Promise<Farewell> {
  const deadline = patience.now() + patience.limitMs
  for (let found = false; ; found = true) {
    const { ended, refused } = await end()
    const over = ended.length === 0 || patience.now() >= deadline
    if (over) return { found: found || ended.length > 0, refused, remaining: ended }
    await patience.wait(betweenLooksMs)
  }
}
