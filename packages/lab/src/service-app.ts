import { type Context, Hono } from 'hono'
import { loopbackOnly } from './loopback-only.ts'
import type { LabProgram } from './service.ts'

export type Handler = (context: Context) => Response | Promise<Response>

/**
 * A web service of the lab: the given paths answer to GET, other methods get 405 and other paths 404. `/health` says
 * who is there, as JSON.
 */
export function serviceApp(
  service: LabProgram,
  pid: number,
  routes: Readonly<Record<string, Handler>>,
  health: () => object = () => ({}),
): Hono {
  const app = new Hono()
  app.use(loopbackOnly)
  const all = { ...routes, '/health': (context: Context) => context.json({ service, pid, ...health() }) }
  for (const [path, handler] of Object.entries(all)) {
    app.get(path, handler)
    app.all(path, (context) => context.text('Method Not Allowed\n', 405, { allow: 'GET, HEAD' }))
  }
  app.notFound((context) => context.text('Not Found\n', 404))
  return app
}

/** Text as the article's services send it. */
export function html(context: Context, text: string, status: 200 | 500 | 503): Response {
  return context.body(text, status, { 'content-type': 'text/html; charset=utf-8' })
}
