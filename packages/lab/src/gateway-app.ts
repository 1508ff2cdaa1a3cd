import type { Hono } from 'hono'
import type { BackendPool } from './backend-pool.ts'
import { type HedgeRules, hedgedRequest, type Sleep } from './hedged-request.ts'
import { reasonOf } from './lab-error.ts'
import { type Service, services, unavailableText } from './service.ts'
import { type Handler, html, serviceApp } from './service-app.ts'
import type { Answer } from './showdata-app.ts'

/** What the gateway needs of the world. */
export interface GatewayWorld {
  readonly pid: number
  readonly unavailableStatus: 200 | 503
  readonly pools: Readonly<Record<Service, BackendPool>>
  /** Rejects when the backend cannot be reached. */
  ask(url: string, signal: AbortSignal): Promise<Answer>
  sleep: Sleep
  /** Milliseconds of a clock that never goes back. */
  now(): number
  /** Called before each request: the configuration is followed, and marked backends are looked at again. */
  beforeRequest(): void
  /** Called when a request found a backend failing that answered until then. */
  foundFailing(service: Service, url: string, reason: string): void
}

/**
 * `/showData` asks the gateway for `/getData` once more, so it waits longer: otherwise one frozen data source makes
 * every show data service look frozen too.
 */
const rules: Readonly<Record<Service, HedgeRules>> = {
  datasource: { hedgeAfterMs: 250, budgetMs: 1000 },
  showdata: { hedgeAfterMs: 600, budgetMs: 2000 },
}

/** The way into the lab. */
export function gatewayApp(world: GatewayWorld): Hono {
  const routeTo =
    (service: Service): Handler =>
    async (context) => {
      const answer = await forward(service, world)
      if (answer?.status === 200) return html(context, answer.body, 200)
      return html(context, answer?.body ?? unavailableText[service], world.unavailableStatus)
    }
  const routes = { '/getData': routeTo('datasource'), '/showData': routeTo('showdata') }
  return serviceApp('gateway', world.pid, routes, () => {
    world.beforeRequest()
    return { backends: Object.fromEntries(services.map((service) => [service, world.pools[service].view()])) }
  })
}

/** The answer of a backend; one that says 503 is there, but cannot serve. Absent when nobody answers. */
async function forward(service: Service, world: GatewayWorld): Promise<Answer | undefined> {
  world.beforeRequest()
  const pool = world.pools[service]
  const ask = async (url: string, signal: AbortSignal) => {
    const answer = await world.ask(url, signal)
    if (answer.status === 200 || answer.status === 503) return answer
    throw new Error(`it answered with status ${answer.status}`)
  }
  const result = await hedgedRequest(pool.nextOrder(), ask, rules[service], world.sleep)
  if (result.answeredBy !== undefined) pool.markAnswered(result.answeredBy)
  for (const { url, reason } of result.failed) {
    if (pool.markFailed(url, world.now())) world.foundFailing(service, url, reasonOf(reason))
  }
  return result.answer
}
