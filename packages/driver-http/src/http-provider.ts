import { defineProvider, type ProviderCall, type Targets } from '@squall/contract'
import { checkProvider } from './check-provider.ts'
import type { HttpWorld } from './http-world.ts'
import { methodOf } from './method-of.ts'
import { providerSchema } from './provider-schema.ts'
import { requestUrl } from './request-url.ts'

/** The provider type `http`, field for field as Chaos Toolkit's. */
export const httpProvider = (world: HttpWorld) =>
  defineProvider({
    summary: 'Call a URL.',
    schema: providerSchema,
    substituted: ['url', 'headers', 'timeout'],
    undoSummary: 'A call cannot be taken back; a rollback can make the opposite one.',
    validate: async (provider) => checkProvider(provider),
    run: async (call, context) => (await import('./run-http.ts')).runHttp(world, call, context),
    targets: async (call) => targetsOf(call),
    prepare: async () => {
      await Promise.all([import('./run-http.ts'), world.transport.prepare?.()])
    },
  })

function targetsOf({ provider }: ProviderCall): Targets {
  try {
    return [`${methodOf(provider['method'])} ${requestUrl(provider['url']).origin}`]
  } catch (error) {
    return { unknown: error instanceof Error ? error.message : String(error) }
  }
}
