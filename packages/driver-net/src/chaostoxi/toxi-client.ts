import type { ActivityContext } from '@squall/contract'
import { ApiClient, apiUrl, type ProxyState } from '../api-client.ts'
import type { NetSystem } from '../net-system.ts'

/** The API that the configuration names. */
export function toxiClient(system: NetSystem, context: ActivityContext): ApiClient {
  return new ApiClient(apiUrl(undefined, context), system, context.signal)
}

/** What is touched: one proxy of that API. */
export function proxyTarget(name: string, context: ActivityContext): string[] {
  return [`proxy ${name} at ${apiUrl(undefined, context)}`]
}

/** As the Python package does, tells the port in the variable `NAME_PORT` of the environment, for programs that follow. */
export function tellPort(system: NetSystem, { name, listen }: ProxyState): true {
  system.setVariable(`${name}_PORT`, listen.split(':').at(-1) ?? '')
  return true
}
