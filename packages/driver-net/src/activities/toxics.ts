import { type ActivityContext, ActivityFailed, defineAction, type JsonValue } from '@squall/contract'
import { z } from 'zod'
import { ApiClient, apiUrl, type ProxyState, toxicOf } from '../api-client.ts'
import { apiArgument, proxyName, toxicity, toxicName, toxicSchema } from '../common-arguments.ts'
import type { NetSystem } from '../net-system.ts'
import { attributeFlaw, type Toxic, toxicTypes } from '../toxic-types.ts'

const attributes = z.record(z.string(), z.json())

export function addToxic(system: NetSystem) {
  return defineAction({
    summary: 'Adds a toxic to a proxy: open connections get it as well.',
    args: z
      .strictObject({
        proxy: proxyName,
        type: z.string().min(1).describe('Kind of the toxic, such as `latency`.'),
        toxic: toxicName
          .optional()
          .describe('Name of the toxic. Default: type and stream, as `latency_downstream`.'),
        stream: z
          .enum(['upstream', 'downstream'])
          .default('downstream')
          .describe('Towards the server or the client.'),
        toxicity: toxicity
          .default(1)
          .describe('Share of the connections, of `http_` toxics of the requests: 0 to 1.'),
        attributes: attributes.default({}).describe('What the type takes, such as `{"latency": 100}`.'),
        api: apiArgument,
      })
      .superRefine(checkAttributes),
    result: toxicSchema,
    undoneBy: ['remove_toxic'],
    targets: async ({ proxy, api }, context) => [`proxy ${proxy} at ${apiUrl(api, context)}`],
    run: async ({ proxy, type, toxic, stream, toxicity: share, attributes: given, api }, context) => {
      const client = new ApiClient(apiUrl(api, context), system, context.signal)
      const name = toxic ?? `${type}_${stream}`
      const wish = { name, type, stream, toxicity: share, attributes: given }
      return (await putToxic(client, proxy, wish, context)) as never
    },
  })
}

/** Adds a toxic that is not there yet. It is undone by `remove_toxic`. */
export async function putToxic(
  client: ApiClient,
  proxy: string,
  wish: { readonly name: string; readonly type: string },
  context: ActivityContext,
): Promise<Toxic> {
  if (toxicOf(await client.proxy(proxy), wish.name))
    throw new ActivityFailed(`The proxy '${proxy}' has a toxic '${wish.name}' already.`)
  await context.undo('remove_toxic', { api: client.url, proxy, toxic: wish.name })
  context.signal.throwIfAborted()
  return client.addToxic(proxy, wish)
}

export function updateToxic(system: NetSystem) {
  return defineAction({
    summary: 'Changes the attributes of a toxic while it works.',
    args: z.strictObject({
      proxy: proxyName,
      toxic: toxicName,
      toxicity: toxicity.optional().describe('Share of the connections. Default: as it is.'),
      attributes: attributes.default({}).describe('Those that change.'),
      api: apiArgument,
    }),
    result: toxicSchema,
    undoneBy: ['restore_toxic'],
    targets: async ({ proxy, toxic, api }, context) => [
      `toxic ${toxic} of proxy ${proxy} at ${apiUrl(api, context)}`,
    ],
    run: async ({ proxy, toxic, toxicity: share, attributes: given, api }, context) => {
      const client = new ApiClient(apiUrl(api, context), system, context.signal)
      const before = present(await client.proxy(proxy), toxic)
      await context.undo('restore_toxic', { api: client.url, proxy, toxic: plain(before) })
      context.signal.throwIfAborted()
      const change = { attributes: given, toxicity: share ?? before.toxicity }
      return (await client.updateToxic(proxy, toxic, change)) as never
    },
  })
}

export function removeToxic(system: NetSystem) {
  return defineAction({
    summary: 'Removes a toxic; what it held goes on its way.',
    args: z.strictObject({ proxy: proxyName, toxic: toxicName, api: apiArgument }),
    undoneBy: ['restore_toxic'],
    targets: async ({ proxy, toxic, api }, context) => [
      `toxic ${toxic} of proxy ${proxy} at ${apiUrl(api, context)}`,
    ],
    run: async ({ proxy, toxic, api }, context) => {
      const client = new ApiClient(apiUrl(api, context), system, context.signal)
      const before = present(await client.proxy(proxy), toxic)
      await context.undo('restore_toxic', { api: client.url, proxy, toxic: plain(before) })
      context.signal.throwIfAborted()
      await client.removeToxic(proxy, toxic)
      return null
    },
  })
}

function present(proxy: ProxyState, name: string): Toxic {
  const toxic = toxicOf(proxy, name)
  if (toxic) return toxic
  const others = proxy.toxics.map((each) => each.name).join(', ') || 'none'
  throw new ActivityFailed(`The proxy '${proxy.name}' has no toxic '${name}'. It has: ${others}.`)
}

function plain(toxic: Toxic): { [name: string]: JsonValue } {
  return toxic as unknown as { [name: string]: JsonValue }
}

/** Of types that are known here: a server may know others. */
function checkAttributes(
  { type, attributes: given }: { type: string; attributes: Readonly<Record<string, unknown>> },
  context: { addIssue(issue: { code: 'custom'; message: string; path: string[] }): void },
): void {
  const known = toxicTypes[type]
  if (!known) return
  for (const [name, value] of Object.entries(given)) {
    const flaw = name in known ? attributeFlaw(type, name, value) : strange(type, name, Object.keys(known))
    if (flaw !== null) context.addIssue({ code: 'custom', message: flaw, path: ['attributes', name] })
  }
}

function strange(type: string, name: string, known: readonly string[]): string {
  return `${type} has no attribute ${name}; it has ${known.join(', ') || 'none'}`
}
