import {
  type ActivityContext,
  isObject,
  type JsonObject,
  type JsonValue,
  type ProviderFields,
} from '@squall/contract'
import { callUnlessProtected } from '../guards/check-protection.ts'
import { contextFor } from './activity-context.ts'
import { orAbandon } from './or-abandon.ts'
import type { RunScope } from './run-scope.ts'

/** One call of an activity's driver. */
export interface Call {
  /** Of the activity as the events have it; 0 for what is no activity of the run. */
  readonly id: number
  readonly signal: AbortSignal
  /** Aborted when the activity has ended, for an undo after a set time. */
  readonly ended?: AbortSignal
  /** In place of the run's own. */
  readonly undo?: ActivityContext['undo']
}

/**
 * Finds who carries an activity out and lets it be done. Rejects like `callProvider`; an abort ends it within 100 ms,
 * whatever the driver does, with the signal's reason.
 */
export async function carryOut(activity: JsonObject, call: Call, scope: RunScope): Promise<JsonValue> {
  const { signal } = call
  signal.throwIfAborted()
  try {
    return await orAbandon(findAndCall(activity, call, scope), signal, scope.clock)
  } catch (error) {
    // Whatever a driver throws when it is told to end, it was the end that it was told.
    signal.throwIfAborted()
    throw error
  }
}

async function findAndCall(activity: JsonObject, call: Call, scope: RunScope): Promise<JsonValue> {
  if (!isObject(activity['provider'])) throw new TypeError('it has no provider')
  const provider = activity['provider'] as unknown as ProviderFields
  const resolved = await scope.registry.resolve(provider)
  // Its driver may have taken long to load.
  call.signal.throwIfAborted()
  const request = { activity, provider, resolved, variables: scope.variables }
  return callUnlessProtected(request, scope.protection, () => {
    const context = contextFor(call.id, activity, resolved, call.signal, scope, call.ended)
    if (!call.undo) return context
    // Who may register nothing may harm nothing: clusters are out of reach as well.
    const { clusters: _, ...harmless } = context
    return { ...harmless, undo: call.undo }
  })
}
