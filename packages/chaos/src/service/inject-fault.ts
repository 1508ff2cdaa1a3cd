import { anySignal, type Cluster, hasCode, type Log, SquallError } from '@squall/contract'
import type { Injection } from '../engine/effect.ts'
import type { FaultResult } from '../engine/engine-state.ts'
import { faultText } from '../faults/fault-text.ts'
import type { FaultUndo, UndoPort } from './undo-port.ts'
import { type Limit, TimeIsUp, within } from './within.ts'

export interface InjectionScope {
  readonly cluster: Cluster
  readonly seed: number
  readonly undo: UndoPort | undefined
  readonly log: Log
  /** The time a fault has. */
  readonly limit: Limit
  /** Aborted when faults that have not begun must not begin any more. */
  readonly holdBack: AbortSignal
}

/** Waits the fault's own time and carries it out. Never rejects: whatever happens is a result (3.6). */
export async function injectFault(injection: Injection, scope: InjectionScope): Promise<FaultResult> {
  const { fault, iteration, delayMs } = injection
  const { cluster, limit, seed, log } = scope
  const { clock } = limit
  try {
    await clock.sleep(delayMs, anySignal([scope.holdBack, limit.signal]))
  } catch {
    return { outcome: 'transient', reason: 'it was held back' }
  }
  if (scope.holdBack.aborted) return { outcome: 'transient', reason: 'it was held back' }
  const text = faultText(fault)
  const undo = scope.undo?.begin({ seed, iteration, fault, text }) ?? noUndo(text)
  const result = await carryOut()
  return settled(undo, result)

  async function carryOut(): Promise<FaultResult> {
    try {
      return await within(limit, (signal) =>
        cluster.inject(fault, { signal, log, clock, undo: (func, args) => undo.register(func, args) }),
      )
    } catch (error) {
      return failureOf(error, limit.signal)
    }
  }
}

function failureOf(error: unknown, closing: AbortSignal): FaultResult {
  if (error instanceof TimeIsUp) return { outcome: 'timeout', reason: error.message }
  if (closing.aborted) return { outcome: 'transient', reason: 'the service was closed' }
  return { outcome: 'failed', reason: reasonOf(error) }
}

/** A fault that leaves something behind has failed, however it ended itself. */
async function settled(undo: FaultUndo, result: FaultResult): Promise<FaultResult> {
  try {
    await undo.settle()
    return result
  } catch (error) {
    return { outcome: 'failed', reason: `it could not be undone: ${reasonOf(error)}` }
  }
}

/** Without a place to record undos nothing may be harmed that needs one. */
function noUndo(text: string): FaultUndo {
  return {
    register: async () => {
      const reason = 'this chaos has no place to record an undo'
      throw new SquallError('SQUALL_UNDO_NOT_RECORDED', { activity: text, reason })
    },
    settle: async () => undefined,
  }
}

export function reasonOf(error: unknown): string {
  if (hasCode(error, 'SQUALL_LOG_BROKEN')) return error.message
  return error instanceof Error ? error.message : String(error)
}
