import { defineDriver } from '@squall/contract'
import { systemWorld } from './host/system-world.ts'
import { httpProvider } from './http-provider.ts'
import type { HttpWorld } from './http-world.ts'

export type { HttpWorld } from './http-world.ts'
export {
  type Exchange,
  type Limits,
  type RawAnswer,
  type Stage,
  type Transport,
  TransportError,
  type Trust,
  type Way,
} from './transport.ts'

/** Makes the driver over a world of your choice; tests hand in one of their own. */
export const httpDriver = (world: HttpWorld) =>
  defineDriver({
    name: 'http',
    contract: 1,
    summary: 'Call a URL.',
    providers: { http: httpProvider(world) },
  })

export default httpDriver(systemWorld())
