import type { ChaosService } from '@squall/chaos'
import type { Clock } from '@squall/contract'
import type { GuardOptions } from './guard.ts'

/** The part of continuous chaos that is served. */
export type ChaosPort = Pick<
  ChaosService,
  'start' | 'stop' | 'get' | 'health' | 'events' | 'report' | 'writeSchedule' | 'setSchedule' | 'iterations'
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
