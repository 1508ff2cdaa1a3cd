import { anySignal, type ControlContext, type JsonObject } from '@squall/contract'
import type { SafeguardProbe } from './safeguard-arguments.ts'

/**
 * Looks once: pauses and probe. Resolves to why the run must end; undefined when all is well. What cannot be told counts
 * as a reason: a safeguard that fails guards nothing.
 */
export async function look(
  probe: SafeguardProbe,
  context: ControlContext,
  over: AbortSignal,
): Promise<string | undefined> {
  const { pauses } = probe
  try {
    await pause(pauses?.before, context, over)
    const { met, reason } = await inTime(probe, context, over)
    await pause(pauses?.after, context, over)
    return met ? undefined : reason
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

async function pause(
  seconds: number | null | undefined,
  { clock }: ControlContext,
  over: AbortSignal,
): Promise<void> {
  if (seconds) await clock.sleep(seconds * 1000, over)
}

type Answer = Pick<Awaited<ReturnType<ControlContext['probe']>>, 'met' | 'reason'>

async function inTime(
  { frequency: _f, background: _b, pauses: _p, max_duration: limit, ...probe }: SafeguardProbe,
  { probe: run, clock }: ControlContext,
  over: AbortSignal,
): Promise<Answer> {
  const answer = run(probe as unknown as JsonObject)
  if (!limit) return answer
  const answered = new AbortController()
  const late = clock
    .sleep(limit * 1000, anySignal([answered.signal, over]))
    .then(() => ({ met: false, reason: `it did not answer within ${limit} s` }))
  // Whichever is second is nobody's business.
  late.catch(() => undefined)
  answer.catch(() => undefined)
  try {
    return await Promise.race([answer, late])
  } finally {
    answered.abort()
  }
}
