import { once } from 'node:events'
import { createServer, type IncomingMessage, type RequestListener } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'

/** Answers as Vault's published HTTP API says: KV 1 and 2, AppRole and Kubernetes logins, standby nodes, seals. */
export interface VaultServer extends AsyncDisposable {
  readonly url: string
  /** Every request, such as `GET /v1/secret/data/app`. */
  readonly requests: readonly string[]
  readonly connections: number
  /** Tokens that are accepted. Logins add to them; a test may take one away. */
  readonly tokens: Set<string>
  /** Answers every request with this in place of its own answer. */
  refuseWith?: { readonly status: number; readonly body: string; readonly location?: string } | undefined
}

/** Secrets by mount point and path. */
export interface Stored {
  readonly v1?: Readonly<Record<string, unknown>>
  readonly v2?: Readonly<Record<string, unknown>>
}

export const rootToken = 'hvs.root-token-of-the-test'
export const appRole = { role_id: 'the-role-id', secret_id: 'the-secret-id' }
export const kubernetes = { role: 'squall', jwt: 'the.service.account' }

/** Starts a server on 127.0.0.1 whose secrets lie below mount points such as `secret` or `team/kv`. */
export async function startVault(
  stored: Readonly<Record<string, Stored>>,
  tls?: { readonly key: string; readonly cert: string },
): Promise<VaultServer> {
  const requests: string[] = []
  const tokens = new Set([rootToken])
  const state = { connections: 0, logins: 0 }
  const vault = { requests, tokens } as unknown as VaultServer
  const listener: RequestListener = (request, response) => {
    requests.push(`${request.method} ${request.url}`)
    answer(request, { stored, tokens, vault, logins: () => (state.logins += 1) }).then(
      ({ status, body, location }) =>
        response
          .writeHead(status, {
            'Content-Type': 'application/json',
            ...(location ? { Location: location } : {}),
          })
          .end(body),
      (error: unknown) => response.writeHead(500).end(String(error)),
    )
  }
  const server = tls ? createTlsServer(tls, listener) : createServer(listener)
  server.on('connection', () => {
    state.connections += 1
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http${tls ? 's' : ''}://127.0.0.1:${(server.address() as AddressInfo).port}`
  return Object.defineProperties(vault, {
    url: { value: url },
    connections: { get: () => state.connections },
    [Symbol.asyncDispose]: {
      value: async () => {
        server.closeAllConnections()
        server.close()
        await once(server, 'close')
      },
    },
  })
}

interface Parts {
  readonly stored: Readonly<Record<string, Stored>>
  readonly tokens: Set<string>
  readonly vault: VaultServer
  logins(): number
}

interface Answer {
  readonly status: number
  readonly body: string
  readonly location?: string
}

async function answer(request: IncomingMessage, { stored, tokens, vault, logins }: Parts): Promise<Answer> {
  if (vault.refuseWith) return vault.refuseWith
  const path = decodeURIComponent(request.url ?? '')
  if (request.method === 'POST') {
    const token = `hvs.login-${logins()}`
    const answered = logIn(path, JSON.parse(await textOf(request)), token)
    if (answered.status === 200) tokens.add(token)
    return answered
  }
  if (!tokens.has(String(request.headers['x-vault-token']))) return errors(403, 'permission denied')
  for (const [mount, { v1 = {}, v2 = {} }] of Object.entries(stored)) {
    const one = contentOf(v1, path, `/v1/${mount}/`)
    if (one !== undefined) return found(one)
    const two = contentOf(v2, path, `/v1/${mount}/data/`)
    if (two !== undefined) return found({ data: two, metadata: { version: 1, destroyed: false } })
  }
  return errors(404)
}

function contentOf(secrets: Readonly<Record<string, unknown>>, path: string, prefix: string): unknown {
  const name = path.startsWith(prefix) ? path.slice(prefix.length) : ''
  return Object.hasOwn(secrets, name) ? secrets[name] : undefined
}

function found(data: unknown): Answer {
  const envelope = { request_id: 'r', lease_id: '', renewable: false, lease_duration: 2764800, auth: null }
  return { status: 200, body: JSON.stringify({ ...envelope, data }) }
}

function logIn(path: string, body: Record<string, unknown>, client_token: string): Answer {
  const fits = (wanted: Record<string, string>): boolean =>
    Object.entries(wanted).every(([key, value]) => body[key] === value)
  if (path === '/v1/auth/approle/login' && !fits(appRole)) return errors(400, 'invalid role or secret ID')
  if (/^\/v1\/auth\/(kubernetes|k8s\/east)\/login$/.test(path) && !fits(kubernetes))
    return errors(403, 'permission denied')
  if (!/^\/v1\/auth\/(approle|kubernetes|k8s\/east)\/login$/.test(path)) return errors(404)
  return {
    status: 200,
    body: JSON.stringify({ auth: { client_token, policies: ['default'], renewable: true } }),
  }
}

function errors(status: number, ...messages: string[]): Answer {
  return { status, body: JSON.stringify({ errors: messages }) }
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of request.setEncoding('utf8')) text += chunk
  return text
}
