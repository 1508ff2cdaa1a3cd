import type { ActivityContext, JsonValue, RegisteredUndo } from '@squall/contract'
import type { LoadedFunction } from './load-function.ts'
import { thrownFailure } from './thrown-error.ts'
import { registerUndo } from './undo-call.ts'
import { isThenable, unlessAborted } from './unless-aborted.ts'
import { findFunction, undoMissing } from './worker/called-function.js'

/** Calls a function in this process. When the activity is aborted, its answer is no longer waited for. */
export async function callInProcess(
  loaded: LoadedFunction,
  args: unknown,
  context: ActivityContext,
): Promise<JsonValue> {
  const { signal } = context
  signal.throwIfAborted()
  try {
    const answer = loaded.fn(args, functionContext(loaded, context))
    const value = isThenable(answer) ? await unlessAborted(answer, signal) : answer
    // The core checks that it is JSON.
    return value === undefined ? null : (value as JsonValue)
  } catch (error) {
    signal.throwIfAborted()
    throw thrownFailure(loaded, error)
  }
}

/** What a function gets as its second argument. */
export function functionContext(loaded: LoadedFunction, context: ActivityContext): object {
  return {
    configuration: { ...context.configuration },
    secrets: { ...context.secrets },
    signal: context.signal,
    log: context.log,
    undo: async (func: string, args: JsonValue): Promise<RegisteredUndo> => {
      if (!findFunction(loaded.namespace, func)) throw undoMissing(func)
      return registerUndo(context, { module: loaded.url, func, arguments: args })
    },
  }
}
