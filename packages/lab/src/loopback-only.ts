import type { MiddlewareHandler } from 'hono'

/** Refuses requests whose `Host` is not this machine, so that a foreign web page cannot reach the lab by DNS rebinding. */
export const loopbackOnly: MiddlewareHandler = async (context, next) => {
  if (isLoopbackHost(context.req.header('host') ?? '')) return next()
  return context.text('This server answers to localhost only.\n', 403)
}

/** Tells whether a `Host` header names this machine, with any port or none. */
export function isLoopbackHost(host: string): boolean {
  return /^(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/i.test(host)
}
