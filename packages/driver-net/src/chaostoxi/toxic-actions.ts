import { defineAction, type JsonValue } from '@squall/contract'
import { z } from 'zod'
import { putToxic } from '../activities/toxics.ts'
import { toxicOf } from '../api-client.ts'
import { proxyName, toxicity, toxicName } from '../common-arguments.ts'
import type { NetSystem } from '../net-system.ts'
import { proxyTarget, toxiClient } from './toxi-client.ts'

const common = { for_proxy: proxyName, toxic_name: toxicName }
const amount = z.coerce.number().min(0)

export function createToxic(system: NetSystem) {
  return defineAction({
    summary: 'As create_toxic of chaostoxi.toxic.actions: adds a toxic of any type.',
    args: z.strictObject({
      ...common,
      toxic_type: z.string().min(1).describe('Kind of the toxic, such as `latency`.'),
      stream: z.enum(['upstream', 'downstream']).default('downstream'),
      toxicity: toxicity.default(1).describe('Share of the connections, 0 to 1.'),
      attributes: z.record(z.string(), z.json()).nullish().describe('What the type takes.'),
    }),
    result: z.boolean(),
    undoneBy: ['remove_toxic'],
    targets: async ({ for_proxy }, context) => proxyTarget(for_proxy, context),
    run: async ({ for_proxy, toxic_name: name, toxic_type: type, attributes, ...more }, context) => {
      const wish = { name, type, ...more, attributes: attributes ?? {} }
      return (await putToxic(toxiClient(system, context), for_proxy, wish, context)).name === name
    },
  })
}

/** A function for one type of toxic: downstream, on every connection. */
export function knownToxic(
  system: NetSystem,
  type: string,
  needed: readonly string[],
  optional: Readonly<Record<string, number>> = {},
) {
  const fields = {
    ...Object.fromEntries(needed.map((name) => [name, amount])),
    ...Object.fromEntries(Object.entries(optional).map(([name, value]) => [name, amount.default(value)])),
  }
  return defineAction({
    summary: `As the function of this name in chaostoxi.toxic.actions: adds a toxic of type ${type}.`,
    args: z.strictObject({ ...common, ...fields }),
    result: z.boolean(),
    undoneBy: ['remove_toxic'],
    targets: async ({ for_proxy }, context) => proxyTarget(for_proxy, context),
    run: async ({ for_proxy, toxic_name: name, ...given }, context) => {
      const { bytes_limit: bytes, ...others } = given as Record<string, number>
      const attributes = { ...others, ...(bytes === undefined ? {} : { bytes }) }
      const wish = { name, type, stream: 'downstream', toxicity: 1, attributes }
      return (await putToxic(toxiClient(system, context), for_proxy, wish, context)).name === name
    },
  })
}

export function deleteToxic(system: NetSystem) {
  return defineAction({
    summary: 'As delete_toxic of chaostoxi.toxic.actions: removes a toxic; false where there is none.',
    args: z.strictObject(common),
    result: z.boolean(),
    undoneBy: ['restore_toxic'],
    targets: async ({ for_proxy }, context) => proxyTarget(for_proxy, context),
    run: async ({ for_proxy: proxy, toxic_name }, context) => {
      const client = toxiClient(system, context)
      const toxic = toxicOf((await client.proxies())[proxy], toxic_name)
      if (!toxic) return false
      await context.undo('restore_toxic', { api: client.url, proxy, toxic: toxic as unknown as JsonValue })
      context.signal.throwIfAborted()
      await client.removeToxic(proxy, toxic_name)
      return true
    },
  })
}
