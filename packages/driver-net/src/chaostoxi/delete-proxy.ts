import { defineAction, type JsonValue } from '@squall/contract'
import { z } from 'zod'
import { proxyName } from '../common-arguments.ts'
import type { NetSystem } from '../net-system.ts'
import { proxyTarget, toxiClient } from './toxi-client.ts'

export function deleteProxy(system: NetSystem) {
  return defineAction({
    summary: 'As delete_proxy of chaostoxi.proxy.actions: removes a proxy; warns where there is none.',
    args: z.strictObject({ proxy_name: proxyName }),
    result: z.null(),
    undoneBy: ['make_proxy_again'],
    targets: async ({ proxy_name }, context) => proxyTarget(proxy_name, context),
    run: async ({ proxy_name }, context) => {
      const client = toxiClient(system, context)
      const there = await client.findProxy(proxy_name)
      if (!there) {
        context.log.warn(`There is no proxy '${proxy_name}' at ${client.url} to delete.`)
        return null
      }
      await context.undo('make_proxy_again', { api: client.url, proxy: there as unknown as JsonValue })
      context.signal.throwIfAborted()
      await client.removeProxy(proxy_name)
      return null
    },
  })
}
