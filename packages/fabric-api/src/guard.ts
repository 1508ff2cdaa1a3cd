import type { MiddlewareHandler } from 'hono'
import { FabricError } from './fabric-error.ts'

export interface GuardOptions {
  /** Names besides the loopback ones under which the server may be addressed. Default: none. */
  readonly hosts?: readonly string[]
}

const loopback = ['127.0.0.1', 'localhost', '[::1]']

/**
 * Refuses requests that a page in somebody's browser could have made: a `Host` that is not ours (a name that was rebound to
 * this address) and any `Origin`.
 */
export function guard({ hosts = [] }: GuardOptions): MiddlewareHandler {
  const known = new Set([...loopback, ...hosts])
  return async (context, next) => {
    const host = (context.req.header('host') ?? '').replace(/:\d+$/, '').toLowerCase()
    if (!known.has(host)) throw new FabricError('E_ACCESSDENIED', `This server is not '${host}'.`)
    if (context.req.header('origin') !== undefined)
      throw new FabricError('E_ACCESSDENIED', 'Requests of web pages are not served.')
    return next()
  }
}

/** Lets only those in who know the token: `Authorization: Bearer TOKEN`. */
export function tokenOnly(token: string | undefined): MiddlewareHandler {
  return async (context, next) => {
    const given = context.req.header('authorization') ?? ''
    if (token === undefined || !isSame(given, `Bearer ${token}`))
      throw new FabricError(
        'E_ACCESSDENIED',
        'This needs the token that was given out when the server started.',
      )
    return next()
  }
}

/** Takes as long for a wrong text as for the right one. */
function isSame(given: string, wanted: string): boolean {
  let difference = given.length ^ wanted.length
  for (let at = 0; at < wanted.length; at += 1) difference |= given.charCodeAt(at) ^ wanted.charCodeAt(at)
  return difference === 0
}
