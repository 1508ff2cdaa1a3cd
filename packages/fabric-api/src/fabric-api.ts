import { Hono } from 'hono'
import type { FabricApiOptions } from './fabric-api-options.ts'
import { FabricError, fabricErrorOf } from './fabric-error.ts'
import { addFabricRoutes } from './fabric-routes.ts'
import { guard, tokenOnly } from './guard.ts'
import { addSquallRoutes } from './squall-routes.ts'

/** Service Fabric's REST Chaos routes over continuous chaos, and squall's own beside them. */
export function fabricApi(options: FabricApiOptions): Hono {
  // One trailing slash is tolerated (8).
  const api = new Hono({ strict: false })
  api.onError((error, context) => {
    const shown = fabricErrorOf(error)
    if (shown.code === 'E_FAIL') options.onError?.(error)
    return context.json(shown.body, shown.status)
  })
  api.notFound((context) => {
    const { method, path } = context.req
    const refusal = new FabricError('E_INVALIDARG', `There is no operation ${method} ${path}.`)
    return context.json(refusal.body, path.startsWith('/Tools/') ? refusal.status : 404)
  })
  api.use(guard(options))
  if (options.tokenForAll) api.use(tokenOnly(options.token))
  addFabricRoutes(api, options)
  api.use('/squall/*', tokenOnly(options.token))
  addSquallRoutes(api, options)
  return api
}
