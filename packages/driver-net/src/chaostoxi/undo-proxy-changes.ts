import { defineUndo, type JsonObject } from '@squall/contract'
import { z } from 'zod'
import { ApiClient, type ProxyState } from '../api-client.ts'
import { proxySchema } from '../common-arguments.ts'
import type { NetSystem } from '../net-system.ts'
import { restoreToxicOf } from '../restore-toxic.ts'

export function undoRestoreProxy(system: NetSystem) {
  return defineUndo({
    summary: 'Lets a proxy listen where it did, lead where it did, and be enabled as it was.',
    args: z.strictObject({
      api: z.string(),
      proxy: z.string(),
      listen: z.string(),
      upstream: z.string(),
      enabled: z.boolean(),
    }),
    run: async ({ api, proxy, ...before }, { signal }) => {
      const client = new ApiClient(api, system, signal)
      const now = await client.findProxy(proxy)
      if (!now) return 'not needed'
      const isAsBefore =
        now.listen === before.listen && now.upstream === before.upstream && now.enabled === before.enabled
      if (isAsBefore) return 'not needed'
      await client.updateProxy(proxy, before)
      return 'undone'
    },
  })
}

export function undoMakeProxyAgain(system: NetSystem) {
  return defineUndo({
    summary: 'Makes a proxy again that was deleted, with its toxics.',
    args: z.strictObject({ api: z.string(), proxy: proxySchema }),
    run: async ({ api, proxy }, { signal }) => {
      const client = new ApiClient(api, system, signal)
      // A server that squall started ends with its last proxy: then there is nothing left to go through one.
      if (!(await client.isThere())) return 'not needed'
      const { toxics, ...fields } = proxy as unknown as ProxyState
      const there = await client.findProxy(proxy.name)
      if (there && there.upstream !== proxy.upstream) return 'not needed'
      if (!there) await client.createProxy(fields as JsonObject)
      const outcomes: string[] = there ? [] : ['undone']
      for (const toxic of toxics) outcomes.push(await restoreToxicOf(client, proxy.name, toxic))
      return outcomes.includes('undone') ? 'undone' : 'not needed'
    },
  })
}
