import { ActivityFailed, defineAction } from '@squall/contract'
import { z } from 'zod'
import { openProxy } from '../activities/start-proxy.ts'
import { apiUrl } from '../api-client.ts'
import { proxyName } from '../common-arguments.ts'
import type { NetSystem } from '../net-system.ts'
import { proxyTarget, tellPort } from './toxi-client.ts'

const port = z.coerce.number().int().min(0).max(65_535)
const fromEnvironment = z.string().regex(/^env:./, 'must be a port, or env:NAME')

export function createProxy(system: NetSystem) {
  return defineAction({
    summary: 'As create_proxy of chaostoxi.proxy.actions: makes a proxy, and tells its port in NAME_PORT.',
    args: z.strictObject({
      proxy_name: proxyName,
      upstream_host: z.string().min(1).describe('Host of the server, or `env:NAME`.'),
      upstream_port: z.union([fromEnvironment, port]).describe('Port of the server, or `env:NAME`.'),
      listen_host: z.string().min(1).default('0.0.0.0').describe('Where clients connect.'),
      listen_port: port.default(0).describe('0: any that is free.'),
      enabled: z.boolean().default(true).describe('Whether it listens at once.'),
    }),
    result: z.literal(true),
    undoneBy: ['remove_proxy'],
    targets: async ({ proxy_name }, context) => proxyTarget(proxy_name, context),
    run: async ({ proxy_name, upstream_host, upstream_port, ...listen }, context) => {
      const upstream = `${resolved(system, upstream_host)}:${resolved(system, String(upstream_port))}`
      const wish = {
        proxy: proxy_name,
        upstream,
        listen: `${listen.listen_host}:${listen.listen_port}`,
        enabled: listen.enabled,
      }
      return tellPort(system, await openProxy(apiUrl(undefined, context), wish, system, context))
    },
  })
}

function resolved(system: NetSystem, text: string): string {
  if (!text.startsWith('env:')) return text
  const value = system.variable(text.slice(4))
  if (value === undefined)
    throw new ActivityFailed(`There is no variable ${text.slice(4)} in the environment.`)
  return value
}
