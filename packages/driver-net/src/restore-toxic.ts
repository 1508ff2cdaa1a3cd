import { isDeepStrictEqual } from 'node:util'
import { type ApiClient, toxicOf } from './api-client.ts'
import type { Toxic } from './toxic-types.ts'

/** Makes a toxic what it was. Nothing is left to do when its proxy is gone. */
export async function restoreToxicOf(
  client: ApiClient,
  proxy: string,
  toxic: Toxic,
): Promise<'undone' | 'not needed'> {
  const there = await client.findProxy(proxy)
  const now = toxicOf(there, toxic.name)
  if (!there || isDeepStrictEqual(now, toxic)) return 'not needed'
  const { attributes, toxicity } = toxic
  if (now && now.type === toxic.type) await client.updateToxic(proxy, toxic.name, { attributes, toxicity })
  if (!now) await client.addToxic(proxy, toxic)
  return 'undone'
}
