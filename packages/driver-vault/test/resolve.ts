import type { JsonObject, JsonValue, ResolverContext } from '@squall/contract'
import { systemWorld } from '../src/host/system-world.ts'
import { vaultDriver } from '../src/index.ts'

export interface Asked {
  readonly value: JsonValue
  readonly warnings: readonly string[]
}

/** A driver of its own, asked as the core asks it. */
export class Asker implements AsyncDisposable {
  readonly #driver = vaultDriver(systemWorld())
  readonly #context: Partial<ResolverContext>

  constructor(context: Partial<ResolverContext>) {
    this.#context = context
  }

  async ask(declaration: JsonObject, more: Partial<ResolverContext> = {}): Promise<Asked> {
    const warnings: string[] = []
    const context: ResolverContext = {
      configuration: {},
      environment: {},
      directory: '.',
      signal: new AbortController().signal,
      log: { debug: () => undefined, info: () => undefined, warn: (message) => warnings.push(message) },
      clock: { now: () => 0, monotonic: () => 0, sleep: async () => undefined },
      options: {},
      ...this.#context,
      ...more,
    }
    return {
      value: await this.#driver.resolvers.vault.resolve({ type: 'vault', ...declaration }, context),
      warnings,
    }
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#driver.close()
  }
}
