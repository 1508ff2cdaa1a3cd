import { defineUndo, type UndoContext } from '@squall/contract'
import { z } from 'zod'
import { ApiClient, type ProxyState, toxicOf } from './api-client.ts'
import { proxySchema, toxicSchema } from './common-arguments.ts'
import type { NetSystem } from './net-system.ts'
import { restoreToxicOf } from './restore-toxic.ts'

const common = { api: z.string(), proxy: z.string() }

export function undoRemoveProxy(system: NetSystem) {
  return defineUndo({
    summary:
      'Removes a proxy, and ends its server when squall started that and nothing else goes through it.',
    args: z.strictObject({
      ...common,
      upstream: z.string(),
      seed: z
        .number()
        .optional()
        .describe('Tells it from another one of its name, where the server shows it.'),
      server: z.strictObject({ pid: z.int(), startedAt: z.string() }).optional(),
    }),
    run: async ({ api, proxy, upstream, seed, server }, context) => {
      const client = new ApiClient(api, system, context.signal)
      const there = await client.findProxy(proxy)
      const isSame = there?.seed === undefined || seed === undefined || there.seed === seed
      const isOurs = there?.upstream === upstream && isSame
      if (isOurs) await client.removeProxy(proxy)
      const ended = server !== undefined && (await endServer(server, client, system, context))
      return isOurs || ended ? 'undone' : 'not needed'
    },
  })
}

async function endServer(
  server: { pid: number; startedAt: string },
  client: ApiClient,
  system: NetSystem,
  { signal, log }: UndoContext,
): Promise<boolean> {
  if (!(await system.isAlive(server))) return false
  const others = (await client.isThere()) ? Object.keys(await client.proxies()) : []
  if (others.length > 0) {
    log.info(
      `The proxy server (pid ${server.pid}) ends with its last proxy; it still has ${others.join(', ')}.`,
    )
    return false
  }
  await system.end(server, signal)
  return true
}

export function undoRemoveToxic(system: NetSystem) {
  return defineUndo({
    summary: 'Removes a toxic that was added.',
    args: z.strictObject({ ...common, toxic: z.string() }),
    run: async ({ api, proxy, toxic }, { signal }) => {
      const client = new ApiClient(api, system, signal)
      if (!toxicOf(await client.findProxy(proxy), toxic)) return 'not needed'
      await client.removeToxic(proxy, toxic)
      return 'undone'
    },
  })
}

export function undoRestoreToxic(system: NetSystem) {
  return defineUndo({
    summary: 'Gives a toxic the attributes it had, or adds it again.',
    args: z.strictObject({ ...common, toxic: toxicSchema }),
    run: ({ api, proxy, toxic }, { signal }) =>
      restoreToxicOf(new ApiClient(api, system, signal), proxy, toxic as never),
  })
}

export function undoSetEnabled(system: NetSystem) {
  return defineUndo({
    summary: 'Enables or disables a proxy as it was before.',
    args: z.strictObject({ ...common, enabled: z.boolean() }),
    run: async ({ api, proxy, enabled }, { signal }) => {
      const client = new ApiClient(api, system, signal)
      const there = await client.findProxy(proxy)
      if (!there || there.enabled === enabled) return 'not needed'
      await client.setEnabled(proxy, enabled)
      return 'undone'
    },
  })
}

export function undoRestoreProxies(system: NetSystem) {
  return defineUndo({
    summary: 'Adds the toxics again that a reset removed, and disables again what was disabled.',
    args: z.strictObject({ api: z.string(), proxies: z.array(proxySchema) }),
    run: async ({ api, proxies }, { signal }) => {
      const client = new ApiClient(api, system, signal)
      const outcomes: string[] = []
      for (const before of proxies as unknown as ProxyState[]) {
        const there = await client.findProxy(before.name)
        if (!there) continue
        for (const toxic of before.toxics) outcomes.push(await restoreToxicOf(client, before.name, toxic))
        if (there.enabled === before.enabled) continue
        await client.setEnabled(before.name, before.enabled)
        outcomes.push('undone')
      }
      return outcomes.includes('undone') ? 'undone' : 'not needed'
    },
  })
}
