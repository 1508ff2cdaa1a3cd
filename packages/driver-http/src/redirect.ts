import { type HeaderList, headerOf, withoutHeaders } from './header-list.ts'
import { requestUrl } from './request-url.ts'
import type { Exchange, RawAnswer } from './transport.ts'

const redirecting = [301, 302, 303, 307, 308]
const keepingTheBody = [307, 308]

/** Where an answer sends us, if it does. */
export function redirectTarget(answer: RawAnswer, from: URL): URL | undefined {
  const location = headerOf(answer.headers, 'location')
  if (!location || !redirecting.includes(answer.status)) return undefined
  return requestUrl(URL.canParse(location, from.href) ? new URL(location, from).href : location)
}

/** The request that follows a redirect, still without cookies and credentials for its target. */
export function redirected(request: Exchange, status: number, to: URL): Exchange {
  const { method, body, headers } = request
  const kept = withoutHeaders(headers, 'cookie', 'proxy-authorization')
  const trusted = mayKeepAuthorization(request.url, to) ? kept : withoutHeaders(kept, 'authorization')
  const target = { method: methodAfter(method, status), url: to }
  if (keepingTheBody.includes(status)) return { ...target, headers: trusted, ...(body ? { body } : {}) }
  return { ...target, headers: withoutContent(trusted) }
}

function methodAfter(method: string, status: number): string {
  const becomesGet = status === 303 || status === 302
  if (becomesGet && method !== 'HEAD') return 'GET'
  return status === 301 && method === 'POST' ? 'GET' : method
}

function withoutContent(headers: HeaderList): HeaderList {
  return withoutHeaders(headers, 'content-length', 'content-type', 'transfer-encoding')
}

/** The same host, scheme and port; or from http to https of one host, both on their usual ports. */
function mayKeepAuthorization(from: URL, to: URL): boolean {
  if (from.hostname !== to.hostname) return false
  if (from.protocol === 'http:' && to.protocol === 'https:') return from.port === '' && to.port === ''
  return from.protocol === to.protocol && from.port === to.port
}
