import { type ActivityContext, defineAction } from '@squall/contract'
import { z } from 'zod'
import { address, proxyName } from '../common-arguments.ts'
import type { NetSystem } from '../net-system.ts'
import { proxyTarget, tellPort, toxiClient } from './toxi-client.ts'

export function modifyProxy(system: NetSystem) {
  return defineAction({
    summary: 'As modify_proxy of chaostoxi.proxy.actions: changes what is given.',
    args: z.strictObject({
      proxy_name: proxyName,
      listen_address: address.nullish().describe('Where clients connect, `host:port`.'),
      upstream_address: address.nullish().describe('Address of the server, `host:port`.'),
      enabled: z.boolean().nullish(),
    }),
    result: z.literal(true),
    undoneBy: ['restore_proxy'],
    targets: async ({ proxy_name }, context) => proxyTarget(proxy_name, context),
    run: ({ proxy_name, listen_address, upstream_address, enabled }, context) => {
      const change = { listen: listen_address, upstream: upstream_address, enabled }
      return changed(proxy_name, change, system, context)
    },
  })
}

export function switchProxy(system: NetSystem, enabled: boolean) {
  const name = enabled ? 'enable_proxy' : 'disable_proxy'
  return defineAction({
    summary: `As ${name} of chaostoxi.proxy.actions.`,
    args: z.strictObject({ proxy_name: proxyName }),
    result: z.literal(true),
    undoneBy: ['restore_proxy'],
    targets: async ({ proxy_name }, context) => proxyTarget(proxy_name, context),
    run: ({ proxy_name }, context) => changed(proxy_name, { enabled }, system, context),
  })
}

type Change = Readonly<Record<string, string | boolean | null | undefined>>

async function changed(
  proxy: string,
  wish: Change,
  system: NetSystem,
  context: ActivityContext,
): Promise<true> {
  const client = toxiClient(system, context)
  const { listen, upstream, enabled } = await client.proxy(proxy)
  await context.undo('restore_proxy', { api: client.url, proxy, listen, upstream, enabled })
  context.signal.throwIfAborted()
  const change = Object.fromEntries(
    Object.entries(wish).flatMap(([key, value]) =>
      value === null || value === undefined ? [] : [[key, value]],
    ),
  )
  return tellPort(system, await client.updateProxy(proxy, change))
}
