import { setTimeout as delay } from 'node:timers/promises'
import type { ActivityContext, JsonObject, JsonValue, ProviderCall } from '@squall/contract'
import { undiciTransport } from '../src/host/undici-transport.ts'
import { httpProvider } from '../src/http-provider.ts'
import type { HttpWorld } from '../src/http-world.ts'

/** A call of the provider as the core makes it. */
export function callOf(provider: JsonObject, more: Partial<ProviderCall> = {}): ProviderCall {
  return {
    provider: { type: 'http', ...provider },
    kind: 'probe',
    activity: 'act',
    hasTolerance: true,
    ...more,
  }
}

/** Remembers what an activity asked of the core. */
export class TestContext implements ActivityContext {
  readonly controller = new AbortController()
  readonly warnings: { message: string; fields: Record<string, JsonValue> | undefined }[] = []
  readonly slept: number[] = []
  readonly configuration = {}
  readonly secrets = {}
  readonly options = {}
  readonly directory = process.cwd()
  readonly random = { next: () => 0.5 }
  readonly signal = this.controller.signal
  readonly clock = {
    now: () => Date.now(),
    monotonic: () => performance.now(),
    sleep: async (milliseconds: number, signal?: AbortSignal) => {
      this.slept.push(milliseconds)
      await delay(0, undefined, signal ? { signal } : {})
    },
  }
  readonly log = {
    debug: () => {},
    info: () => {},
    warn: (message: string, fields?: Record<string, JsonValue>) => {
      this.warnings.push({ message, fields })
    },
  }

  undo(): Promise<never> {
    return Promise.reject(new Error('An http activity registers no undo.'))
  }
}

export interface Output {
  status: number
  headers: Record<string, string>
  body: JsonValue
}

/** A world without the proxies and netrc of whoever runs the tests. */
export function worldWith(environment: HttpWorld['environment'] = {}): HttpWorld {
  return { environment, userAgent: 'squall/test', transport: undiciTransport }
}

export async function call(
  fields: JsonObject,
  {
    environment = {},
    context = new TestContext(),
  }: { environment?: HttpWorld['environment']; context?: TestContext } = {},
): Promise<Output> {
  return (await httpProvider(worldWith(environment)).run(callOf(fields), context)) as unknown as Output
}

/** What a call fails with. */
export async function failure(
  fields: JsonObject,
  options: Parameters<typeof call>[1] = {},
): Promise<Error & { code?: string; hint?: string }> {
  const error = await call(fields, options).then(
    (value) => new Error(`It did not fail: ${JSON.stringify(value)}`),
    (reason: unknown) => reason,
  )
  return error as Error
}
