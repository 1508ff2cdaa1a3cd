import type { ApiError } from './api-error.ts'
import type { NamedProxy } from './named-proxy.ts'
import type { Proxies } from './proxies.ts'

export interface ApiAnswer {
  readonly status: number
  readonly body?: unknown
}

type Handler = (names: readonly string[], body: unknown) => Promise<ApiAnswer> | ApiAnswer

/** The methods of each path of the API of Toxiproxy. */
export type Routes = readonly { readonly path: RegExp; readonly methods: Readonly<Record<string, Handler>> }[]

/** The version of the API that is followed. */
export const apiVersion = '2.12.0'

const nothing: ApiAnswer = { status: 204 }
const ok = (body: unknown): ApiAnswer => ({ status: 200, body })

/** What a server answers over its proxies. */
export function routesOver(proxies: Proxies): Routes {
  const of = (name = ''): NamedProxy => proxies.get(name)
  const updateProxy: Handler = async ([name], body) => {
    await of(name).update(body)
    return ok(of(name).view)
  }
  const updateToxic: Handler = ([name, toxic = ''], body) => ok(of(name).toxics.update(toxic, body))
  return [
    { path: /^\/version$/, methods: { GET: () => ok({ version: apiVersion, server: 'squall' }) } },
    { path: /^\/reset$/, methods: { POST: () => proxies.reset().then(() => nothing) } },
    { path: /^\/populate$/, methods: { POST: (_, body) => populate(proxies, body) } },
    {
      path: /^\/proxies$/,
      methods: {
        GET: () => ok(Object.fromEntries(proxies.all.map(({ name, view }) => [name, view]))),
        POST: async (_, body) => ({ status: 201, body: (await proxies.create(body)).view }),
      },
    },
    {
      path: /^\/proxies\/([^/]+)$/,
      methods: {
        GET: ([name]) => ok(of(name).view),
        POST: updateProxy,
        PATCH: updateProxy,
        DELETE: ([name = '']) => proxies.remove(name).then(() => nothing),
      },
    },
    {
      path: /^\/proxies\/([^/]+)\/toxics$/,
      methods: {
        GET: ([name]) => ok(of(name).toxics.all),
        POST: ([name], body) => ok(of(name).toxics.add(body)),
      },
    },
    {
      path: /^\/proxies\/([^/]+)\/toxics\/([^/]+)$/,
      methods: {
        GET: ([name, toxic = '']) => ok(of(name).toxics.get(toxic)),
        POST: updateToxic,
        PATCH: updateToxic,
        DELETE: ([name, toxic = '']) => {
          of(name).toxics.remove(toxic)
          return nothing
        },
      },
    },
  ]
}

async function populate(proxies: Proxies, body: unknown): Promise<ApiAnswer> {
  const { proxies: made, failure } = await proxies.populate(body)
  const views = made.map(({ view }) => view)
  if (failure === undefined) return { status: 201, body: { proxies: views } }
  const { message, status = 500 } = failure as ApiError
  return { status, body: { error: message, status, proxies: views } }
}
