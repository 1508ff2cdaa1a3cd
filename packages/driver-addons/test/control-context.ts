import { setTimeout } from 'node:timers/promises'
import type { ControlContext, HookCall, JsonObject, JsonValue, LiveDocument } from '@squall/contract'

/** A run as a control sees it, with a memory of what was asked of it. */
export class RememberingRun {
  readonly warnings: string[] = []
  readonly interrupts: { readonly how: string; readonly reason: string }[] = []
  readonly probed: JsonObject[] = []
  /** What a probe finds, by its name; one that is not here is within tolerance. */
  readonly found: Record<string, () => Promise<boolean> | boolean> = {}

  readonly context: ControlContext = {
    directory: '.',
    signal: new AbortController().signal,
    log: { debug: () => undefined, info: () => undefined, warn: (message) => this.warnings.push(message) },
    clock: {
      now: () => Date.now(),
      monotonic: () => performance.now(),
      sleep: async (milliseconds, signal) => {
        await setTimeout(milliseconds, undefined, { ...(signal && { signal }) })
      },
    },
    random: { next: () => 0.5 },
    options: {},
    interrupt: (how, reason) => this.interrupts.push({ how, reason }),
    probe: async (activity) => {
      this.probed.push(activity)
      const met = await (this.found[String(activity['name'])]?.() ?? true)
      return { output: met, met, reason: met ? 'within tolerance' : 'expected true, found false' }
    },
  }

  /** What a hook is called with. */
  call(
    args: JsonObject,
    more: { context?: JsonValue; state?: JsonValue; experiment?: JsonObject } = {},
  ): HookCall {
    const document = <Value extends JsonValue>(value: Value): LiveDocument<Value> => ({ value, revision: 0 })
    return {
      arguments: args,
      context: document(more.context ?? {}),
      ...(more.state === undefined ? {} : { state: document(more.state) }),
      experiment: document(more.experiment ?? {}),
      configuration: document({}),
      secrets: document({}),
      settings: document({}),
      signal: new AbortController().signal,
      skip: () => undefined,
    }
  }
}
