import type { ChaosService } from '@squall/chaos'
import type { Clock } from '@squall/contract'
import { Hono } from 'hono'
import { FabricError, fabricErrorOf } from './fabric-error.ts'
import { addFabricRoutes } from './fabric-routes.ts'
import { type GuardOptions, guard, tokenOnly } from './guard.ts'
import { addSquallRoutes } from './squall-routes.ts'

/** The part of continuous chaos that is served. */
export type ChaosPort = Pick<
  ChaosService,
  'start' | 'stop' | 'get' | 'events' | 'report' | 'writeSchedule' | 'setSchedule' | 'iterations'
>

export interface FabricApiOptions extends GuardOptions {
  readonly chaos: ChaosPort
  readonly clock: Clock
  /** What `/$/GetClusterVersion` answers. @defaultValue 11.2.274.9590 */
  readonly clusterVersion?: string
  /** For squall's own routes below `/squall`. Without one nobody may use them. */
  readonly token?: string
  /** Whether the routes of Service Fabric need the token as well. @defaultValue false */
  readonly tokenForAll?: boolean
  /** Told of errors that were not foreseen. @defaultValue nobody */
  readonly onError?: (error: unknown) => void
}

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
