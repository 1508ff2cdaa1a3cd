import { type Clock, hasCode, type JsonObject, type RegisteredUndo } from '@squall/contract'
import type { StartOptions } from '../service/service-options.ts'
import type { ChaosClient } from './chaos-client.ts'
import { isMarkedRun, markedParameters } from './marked-run.ts'
import { type EventSummary, eventsOfLatestRun, summaryOfEvents } from './summary-of-events.ts'

export interface MarkedRun {
  readonly parameters: JsonObject
  /** What the wire format has no words for; needs a server of squall. @defaultValue none */
  readonly options?: StartOptions
  readonly mark: string
  /** The arguments of the undo that stops it; `was_answered` is added. */
  readonly undo: JsonObject
}

/** Milliseconds between two looks whether the run is over. */
const lookEveryMs = 500

/**
 * Starts a run that bears a mark. Its stop is registered before; a server that cannot be reached has nothing to take
 * back, so it is asked first. Rejects with `SQUALL_CHAOS_SERVER`.
 */
export async function startMarkedRun(
  client: ChaosClient,
  { parameters, options = {}, mark, undo }: MarkedRun,
  register: (args: JsonObject) => Promise<RegisteredUndo>,
): Promise<void> {
  await client.status()
  const registered = await register({ ...undo, mark, was_answered: false })
  const amended = { ...undo, mark, was_answered: true }
  const marked = markedParameters(parameters, mark)
  try {
    if (Object.keys(options).length === 0) await client.start(marked)
    else await client.startWith(marked, options)
  } catch (error) {
    // An answer all the same: the start is not on its way any more.
    if (hasCode(error, 'SQUALL_CHAOS_SERVER')) await registered.amend(amended)
    throw error
  }
  await registered.amend(amended)
}

/** Waits until a marked run is over, and sums up what it did. */
export async function untilOver(
  client: ChaosClient,
  mark: string,
  { clock, signal }: { readonly clock: Clock; readonly signal: AbortSignal },
): Promise<EventSummary & { readonly status: string }> {
  while (await isMarkedRun(client, mark)) await clock.sleep(lookEveryMs, signal)
  const { Status: status } = await client.status()
  return { status, ...summaryOfEvents(eventsOfLatestRun(await client.events())) }
}
