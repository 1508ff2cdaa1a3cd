import { type ActivityContext, ActivityFailed, defineAction, type ProcessIdentity } from '@squall/contract'
import { z } from 'zod'
import { ApiClient, apiUrl, type ProxyState } from '../api-client.ts'
import { address, apiArgument, proxyName, proxySchema } from '../common-arguments.ts'
import type { NetSystem } from '../net-system.ts'

export function startProxy(system: NetSystem) {
  return defineAction({
    summary: 'Starts a named proxy in front of a server, and the program it runs in when there is none.',
    args: z.strictObject({
      proxy: proxyName,
      upstream: address.describe('Address of the server, `host:port`.'),
      listen: address.default('127.0.0.1:0').describe('Where clients connect; port 0: any that is free.'),
      http: z
        .boolean()
        .default(false)
        .describe('Whether requests are told apart, which `http_` toxics need.'),
      api: apiArgument,
    }),
    result: proxySchema,
    undoneBy: ['remove_proxy'],
    targets: async ({ proxy, upstream, api }, context) => [
      `proxy ${proxy} in front of ${upstream} at ${apiUrl(api, context)}`,
    ],
    run: ({ api, ...wish }, context) =>
      openProxy(apiUrl(api, context), wish, system, context) as Promise<never>,
  })
}

/** A proxy as it is wished for. */
export interface ProxyWish {
  readonly proxy: string
  readonly upstream: string
  readonly listen: string
  readonly http?: boolean
  readonly enabled?: boolean
}

/** Makes a proxy at an API, and starts a server where nobody listens there. What was done is undone by `remove_proxy`. */
export async function openProxy(
  url: string,
  { proxy, ...fields }: ProxyWish,
  system: NetSystem,
  context: ActivityContext,
): Promise<ProxyState> {
  const client = new ApiClient(url, system, context.signal)
  const isThere = await client.isThere()
  if (isThere && (await client.findProxy(proxy)))
    throw new ActivityFailed(`There is a proxy '${proxy}' at ${client.url} already.`, {
      hint: 'Choose another name, or remove it first.',
    })
  const seed = Math.floor(context.random.next() * 4_294_967_296)
  const undo = { api: client.url, proxy, upstream: fields.upstream, seed }
  const registered = await context.undo('remove_proxy', undo)
  context.signal.throwIfAborted()
  if (!isThere)
    await startServer(client.url, system, context, (server) => registered.amend({ ...undo, server })).catch(
      async (error: unknown) => {
        // Another one that starts a proxy just now may have been quicker: its server serves as well.
        if (!(await client.isThere())) throw error
      },
    )
  return client.createProxy({ name: proxy, ...fields, seed })
}

/** Its pid is on record before it does anything. */
async function startServer(
  url: string,
  system: NetSystem,
  { signal }: ActivityContext,
  record: (server: { pid: number; startedAt: string }) => Promise<void>,
): Promise<void> {
  const held = await system.startServer(addressOf(url), signal)
  try {
    await record(plain(held.identity))
    signal.throwIfAborted()
  } catch (error) {
    held.abandon()
    throw error
  }
  await held.go()
}

function plain({ pid, startedAt }: ProcessIdentity): { pid: number; startedAt: string } {
  return { pid, startedAt }
}

function addressOf(url: string): string {
  const { protocol, hostname, port } = new URL(url)
  if (protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(hostname))
    return `${hostname === 'localhost' ? '127.0.0.1' : hostname}:${port || 80}`
  throw new ActivityFailed(`Nobody listens on ${url}, and a server can be started on this machine only.`, {
    hint: 'Start a Toxiproxy server there, or give `api` an address of this machine.',
  })
}
