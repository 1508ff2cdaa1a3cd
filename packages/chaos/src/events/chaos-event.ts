import type { Fault, JsonObject } from '@squall/contract'
import { faultText } from '../faults/fault-text.ts'
import type { ChaosParameters } from '../parameters/chaos-parameters.ts'
import { writeChaosParameters } from '../parameters/write-chaos-parameters.ts'
import { isoOf, unixMsOf } from './file-time.ts'

/** What happened in continuous chaos (7.1). JSON-safe. */
export type ChaosEvent = ChaosEventBody & {
  /** The event's key: Windows file time as a decimal number, greater in each later event. */
  readonly ticks: string
}

export type ChaosEventBody =
  | {
      readonly kind: 'Started'
      readonly parameters: ChaosParameters
      /** Replays the run; outside the wire format. */
      readonly seed: number
    }
  | {
      readonly kind: 'ExecutingFaults'
      readonly iteration: number
      readonly faults: readonly Fault[]
      /** Present when they are only planned. */
      readonly dry?: true
    }
  | { readonly kind: 'Waiting' | 'ValidationFailed' | 'TestError' | 'Stopped'; readonly reason: string }

export type ChaosEventKind = ChaosEvent['kind']

const longestReason = 3072

/** Cuts a reason to what is stored of it (7.1). */
export function storedReason(reason: string): string {
  return reason.length > longestReason ? reason.slice(0, longestReason) : reason
}

/** The event in the form of the wire, `Kind` first. */
export function writeChaosEvent(event: ChaosEvent): JsonObject {
  const head = { Kind: event.kind, TimeStampUtc: isoOf(unixMsOf(BigInt(event.ticks))) }
  switch (event.kind) {
    case 'Started':
      return { ...head, ChaosParameters: writeChaosParameters(event.parameters) }
    case 'ExecutingFaults':
      return { ...head, Faults: event.faults.map(faultText) }
    default:
      return { ...head, Reason: event.reason }
  }
}
