import type { Clock, Log } from '@squall/contract'
import { CookieJar } from './cookie-jar.ts'
import { type Netrc, withCredentials } from './credentials.ts'
import { withHeader } from './header-list.ts'
import { redirected, redirectTarget } from './redirect.ts'
import { shownUrl } from './request-url.ts'
import { mayRepeat, retryAfterMs } from './retry.ts'
import type { Exchange, Limits, RawAnswer, Transport, Trust } from './transport.ts'

const mostRedirects = 30

/** Everything a conversation needs besides its first request. */
export interface Setting {
  readonly transport: Transport
  readonly limits: Limits
  readonly trustFor: (url: URL) => Promise<Trust>
  readonly retries: number
  readonly netrc: Netrc
  readonly proxyFor: (url: URL) => URL | undefined
  readonly clock: Clock
  readonly log: Log
  readonly signal: AbortSignal
}

/** Sends a request, again where that is allowed, and follows redirects to the last answer. */
export async function converse(first: Exchange, setting: Setting): Promise<RawAnswer> {
  const jar = new CookieJar(() => setting.clock.now())
  let request = { ...first, headers: withCredentials(first.headers, first.url, setting.netrc) }
  for (let redirects = 0; ; redirects++) {
    const answer = await exchangeWithRetries(request, setting)
    const target = redirectTarget(answer, request.url)
    if (!target) return answer
    if (redirects === mostRedirects) {
      throw new Error(`${shownUrl(first.url)} leads to more than ${mostRedirects} redirects.`)
    }
    jar.keep(request.url, answer.headers)
    request = next(redirected(request, answer.status, target), jar, setting.netrc)
  }
}

function next(request: Exchange, jar: CookieJar, netrc: Netrc): Exchange {
  const { url, headers } = request
  const cookie = jar.headerFor(url)
  const withCookie = cookie === undefined ? headers : withHeader(headers, 'Cookie', cookie)
  // What stands in the address of a redirect is the server's, not the user's: it is no reason to send a password.
  const bare = new URL(url)
  bare.username = ''
  bare.password = ''
  return { ...request, headers: withCredentials(withCookie, bare, netrc) }
}

async function exchangeWithRetries(request: Exchange, setting: Setting): Promise<RawAnswer> {
  for (let left = setting.retries; ; left--) {
    try {
      const answer = await exchangeOnce(request, setting)
      const waitMs = left > 0 ? retryAfterMs(answer, request.method, setting.clock.now()) : undefined
      if (waitMs === undefined) return answer
      await waitAsTold(waitMs, answer.status, request, setting)
    } catch (error) {
      if (left === 0 || !mayRepeat(error, request.method)) throw error
      setting.log.debug(`Trying ${shownUrl(request.url)} again: ${String(error)}`)
    }
  }
}

async function exchangeOnce(request: Exchange, setting: Setting): Promise<RawAnswer> {
  const { transport, limits, signal } = setting
  const trust = await setting.trustFor(request.url)
  const proxy = setting.proxyFor(request.url)
  return transport.exchange(request, { limits, trust, signal, ...(proxy ? { proxy } : {}) })
}

async function waitAsTold(
  waitMs: number,
  status: number,
  request: Exchange,
  setting: Setting,
): Promise<void> {
  setting.log.info(
    `${shownUrl(request.url)} answered ${status} and asks for ${waitMs / 1000} s; \`max_retries\` allows to wait and try again.`,
  )
  await setting.clock.sleep(Math.min(waitMs, 2 ** 31 - 1), setting.signal)
}
