import { type Clock, isObject, type JsonObject } from '@squall/contract'
import type { ChaosClient } from './chaos-client.ts'

/** How a cluster was found at last. */
export interface FoundHealth {
  readonly isWell: boolean
  readonly health: string
  /** What is not well, in the server's words. */
  readonly reasons: readonly string[]
  /** How long it was waited for. */
  readonly seconds: number
}

const lookEveryMs = 500

/** Asks for the cluster's health until it is `Ok`, or `Warning` where that is enough, or until the time is up. */
export async function waitUntilHealthy(
  client: ChaosClient,
  { seconds, allowWarning }: { readonly seconds: number; readonly allowWarning: boolean },
  { clock, signal }: { readonly clock: Clock; readonly signal: AbortSignal },
): Promise<FoundHealth> {
  const began = clock.monotonic()
  for (;;) {
    const { AggregatedHealthState: health, UnhealthyEvaluations: flaws = [] } = await client.health()
    const waitedMs = clock.monotonic() - began
    const isWell = health === 'Ok' || (allowWarning && health === 'Warning')
    if (isWell || waitedMs >= seconds * 1000)
      return { isWell, health, reasons: flaws.map(description), seconds: Math.round(waitedMs) / 1000 }
    await clock.sleep(lookEveryMs, signal)
  }
}

function description({ HealthEvaluation: evaluation }: JsonObject): string {
  return isObject(evaluation) ? String(evaluation['Description']) : ''
}
