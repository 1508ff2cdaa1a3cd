import type { JsonValue, Tries } from '@squall/contract'
import type { ToleranceResult } from '../tolerance/tolerance.ts'

/** One try at the work of an activity. */
export type Attempt =
  | { readonly ok: true; readonly output: JsonValue }
  | { readonly ok: false; readonly error: unknown }

/** What came of the work of an activity in the end. */
export type Work = Attempt & {
  /** Absent where it was tried once, as any activity is. */
  readonly tries?: { readonly until?: Tries; readonly retry?: Tries }
  /** Whether its tolerance holds, where that was asked already. */
  readonly judged?: ToleranceResult
}

/** Tries once. Never rejects. */
export async function attempted(work: () => Promise<JsonValue>): Promise<Attempt> {
  try {
    return { ok: true, output: await work() }
  } catch (error) {
    return { ok: false, error }
  }
}

/** Microseconds are as fine as the reference's journal gets. */
export function secondsOf(milliseconds: number): number {
  return Math.round(milliseconds * 1000) / 1_000_000
}
