import { ActivityFailed, defineProbe } from '@squall/contract'
import { z } from 'zod'
import { proxyName } from '../common-arguments.ts'
import type { NetSystem } from '../net-system.ts'
import { toxiClient } from './toxi-client.ts'

export function proxyExist(system: NetSystem) {
  return defineProbe({
    summary: 'As proxy_exist of chaostoxi.proxy.probes: whether there is a proxy of that name.',
    args: z.strictObject({ proxy_name: proxyName }),
    result: z.boolean(),
    run: async ({ proxy_name }, context) =>
      Object.hasOwn(await toxiClient(system, context).proxies(), proxy_name),
  })
}

export function getProxyAttribute(system: NetSystem) {
  return defineProbe({
    summary: 'As get_proxy_attribute of chaostoxi.proxy.probes; null where there is no such proxy.',
    args: z.strictObject({
      proxy_name: proxyName,
      attribute: z.string().min(1).describe('`listen`, `upstream`, `enabled`, `toxics` or another.'),
    }),
    result: z.json(),
    run: async ({ proxy_name, attribute }, context) => {
      const proxy = (await toxiClient(system, context).proxies())[proxy_name]
      if (!proxy) return null
      if (Object.hasOwn(proxy, attribute)) return proxy[attribute as keyof typeof proxy] as never
      const known = Object.keys(proxy).join(', ')
      throw new ActivityFailed(`The proxy '${proxy_name}' has no attribute '${attribute}'. It has ${known}.`)
    },
  })
}
