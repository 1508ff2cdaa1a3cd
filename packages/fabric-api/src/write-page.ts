import { type EventPage, writeChaosEvent } from '@squall/chaos'
import type { JsonObject } from '@squall/contract'

/** A page of events as the wire has it: each wrapped in `ChaosEvent` (8.1). */
export function writePage({ events, continuationToken }: EventPage): JsonObject {
  return {
    ContinuationToken: continuationToken,
    History: events.map((event) => ({ ChaosEvent: writeChaosEvent(event) })),
  }
}
