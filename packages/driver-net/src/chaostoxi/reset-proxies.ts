import { defineAction, type JsonValue } from '@squall/contract'
import { z } from 'zod'
import type { NetSystem } from '../net-system.ts'
import { proxyTarget, toxiClient } from './toxi-client.ts'

export function resetProxies(system: NetSystem) {
  return defineAction({
    summary: 'As reset of chaostoxi.proxy.actions: enables every proxy and removes every toxic.',
    args: z.strictObject({}),
    result: z.literal(true),
    undoneBy: ['restore_proxies'],
    targets: async (_, context) => {
      const names = Object.keys(await toxiClient(system, context).proxies())
      return names.flatMap((name) => proxyTarget(name, context))
    },
    run: async (_, context) => {
      const client = toxiClient(system, context)
      const proxies = Object.values(await client.proxies()) as unknown as JsonValue[]
      await context.undo('restore_proxies', { api: client.url, proxies })
      context.signal.throwIfAborted()
      await client.reset()
      return true as const
    },
  })
}
