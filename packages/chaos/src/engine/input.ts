import type { ClusterSnapshot } from '@squall/contract'
import type { ChaosParameters } from '../parameters/chaos-parameters.ts'
import type { ChoiceOptions } from '../plan/choice-options.ts'
import type { ChaosSchedule } from '../schedule/chaos-schedule.ts'
import type { FaultResult } from './engine-state.ts'

/** What the engine is told. `now` is milliseconds since 1970 in all of them. */
export type Input = { readonly now: number } & (
  | { readonly type: 'tick' }
  /** The service is back after a restart. */
  | { readonly type: 'resumed' }
  | {
      readonly type: 'start'
      readonly parameters: ChaosParameters
      readonly options?: ChoiceOptions
      readonly seed?: number
    }
  | {
      readonly type: 'set schedule'
      readonly version: number
      readonly schedule: ChaosSchedule
      readonly options?: ChoiceOptions
      readonly seed?: number
    }
  | { readonly type: 'stop' }
  /** Answers `check upgrade`. `reason` is absent when nothing is upgrading. */
  | { readonly type: 'upgrade'; readonly question: number; readonly reason?: string }
  /** Answers `take snapshot`. */
  | { readonly type: 'snapshot'; readonly question: number; readonly snapshot: ClusterSnapshot }
  | { readonly type: 'no snapshot'; readonly question: number; readonly reason: string }
  | { readonly type: 'fault ended'; readonly number: number; readonly result: FaultResult }
)
