import { setTimeout as delay } from 'node:timers/promises'
import type { ActivityContext, JsonObject, JsonValue, ProviderCall } from '@squall/contract'

export const fixture = (name: string): string => new URL(`fixtures/${name}`, import.meta.url).pathname

/** A call of the provider as the core makes it. */
export function callOf(provider: JsonObject, more: Partial<ProviderCall> = {}): ProviderCall {
  return {
    provider: { type: 'process', ...provider },
    kind: 'probe',
    activity: 'act',
    hasTolerance: false,
    ...more,
  }
}

export interface Warning {
  readonly message: string
  readonly fields: Record<string, JsonValue> | undefined
}

/** Remembers what an activity asked of the core. */
export class TestContext implements ActivityContext {
  readonly controller = new AbortController()
  readonly warnings: Warning[] = []
  readonly undone: JsonValue[] = []
  readonly configuration = {}
  readonly secrets = {}
  readonly options = {}
  readonly directory = process.cwd()
  readonly random = { next: () => 0.5 }
  readonly signal = this.controller.signal
  readonly clock = {
    now: () => Date.now(),
    monotonic: () => performance.now(),
    sleep: (milliseconds: number, signal?: AbortSignal) =>
      delay(milliseconds, undefined, signal ? { signal } : {}),
  }
  readonly log = {
    debug: () => {},
    info: () => {},
    warn: (message: string, fields?: Record<string, JsonValue>) => {
      this.warnings.push({ message, fields })
    },
  }

  async undo(func: string, args: JsonValue) {
    this.undone.push({ func, args })
    return {
      amend: async (next: JsonValue) => {
        this.undone.push({ func, args: next })
      },
    }
  }
}
