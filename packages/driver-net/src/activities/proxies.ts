import { type ActivityContext, defineAction, defineProbe, type JsonValue } from '@squall/contract'
import { z } from 'zod'
import { ApiClient, apiUrl } from '../api-client.ts'
import { apiArgument, proxyName, proxySchema } from '../common-arguments.ts'
import type { NetSystem } from '../net-system.ts'

const oneProxy = z.strictObject({ proxy: proxyName, api: apiArgument })

export function disableProxy(system: NetSystem) {
  return switched(system, false, 'Makes a proxy refuse connections, and ends those that are open.')
}

export function enableProxy(system: NetSystem) {
  return switched(system, true, 'Makes a proxy that was disabled accept connections.')
}

function switched(system: NetSystem, enabled: boolean, summary: string) {
  return defineAction({
    summary,
    args: oneProxy,
    result: proxySchema,
    undoneBy: ['set_enabled'],
    targets: async ({ proxy, api }, context) => [`proxy ${proxy} at ${apiUrl(api, context)}`],
    run: async ({ proxy, api }, context) => {
      const client = clientOf(api, system, context)
      const before = await client.proxy(proxy)
      await context.undo('set_enabled', { api: client.url, proxy, enabled: before.enabled })
      context.signal.throwIfAborted()
      return (await client.setEnabled(proxy, enabled)) as never
    },
  })
}

export function reset(system: NetSystem) {
  return defineAction({
    summary: 'Enables every proxy of a server and removes every toxic.',
    args: z.strictObject({ api: apiArgument }),
    undoneBy: ['restore_proxies'],
    targets: async ({ api }, context) => {
      const proxies = await clientOf(api, system, context).proxies()
      return Object.keys(proxies).map((name) => `proxy ${name} at ${apiUrl(api, context)}`)
    },
    run: async ({ api }, context) => {
      const client = clientOf(api, system, context)
      const proxies = Object.values(await client.proxies()) as unknown as JsonValue[]
      await context.undo('restore_proxies', { api: client.url, proxies })
      context.signal.throwIfAborted()
      await client.reset()
      return null
    },
  })
}

export function listProxies(system: NetSystem) {
  return defineProbe({
    summary: 'Every proxy of a server with its toxics, by name.',
    args: z.strictObject({ api: apiArgument }),
    result: z.record(z.string(), proxySchema),
    run: ({ api }, context) => clientOf(api, system, context).proxies() as Promise<never>,
  })
}

export function getProxy(system: NetSystem) {
  return defineProbe({
    summary: 'One proxy: where it listens, whether it is enabled, and its toxics.',
    args: oneProxy,
    result: proxySchema,
    run: ({ proxy, api }, context) => clientOf(api, system, context).proxy(proxy) as Promise<never>,
  })
}

function clientOf(api: string | undefined, system: NetSystem, context: ActivityContext): ApiClient {
  return new ApiClient(apiUrl(api, context), system, context.signal)
}
