import type { Clock, Cluster, Log } from '@squall/contract'
import type { LogBroken, LogFiles } from '@squall/event-log'
import type { EngineSettings } from '../engine/engine-settings.ts'
import type { FilterLimits } from '../parameters/read-target-filter.ts'
import type { ChoiceOptions } from '../plan/choice-options.ts'
import type { UndoPort } from './undo-port.ts'

/** Options of `openChaosService`. */
export interface ChaosServiceOptions {
  readonly cluster: Cluster
  readonly clock: Clock
  /** The folder of the store; made where it is missing. One process at a time. */
  readonly folder: string
  /** From which the seeds of runs derive: the first run's own, then one more each. @defaultValue drawn, or as stored */
  readonly seed?: number
  readonly engine?: Partial<EngineSettings>
  /** Events that are kept. @defaultValue 25000 */
  readonly maxEvents?: number
  /** Seconds between two clean-ups. @defaultValue 3600 */
  readonly cleanUpIntervalSeconds?: number
  readonly limits?: FilterLimits
  /** Seconds that a fault may take in all. @defaultValue 300 */
  readonly faultSeconds?: number
  /** Seconds that a question to the cluster may take. @defaultValue 60 */
  readonly requestSeconds?: number
  /** Without it a cluster that registers undos is not faulted: the registration rejects. */
  readonly undo?: UndoPort
  /** @defaultValue none */
  readonly log?: Log
  /** Iterations on clusters of at most so many nodes, replicas and code packages are kept for replay. @defaultValue 2000 */
  readonly replayableEntities?: number
  /** Where the store writes. @defaultValue the real file system */
  readonly files?: LogFiles
  /** Told when the store fails. Nothing more is injected then. */
  readonly onFailure?: (error: LogBroken) => void
}

/** What of a run is given outside the wire format. */
export interface StartOptions extends ChoiceOptions {
  /** @defaultValue derived from the service's seed */
  readonly seed?: number
}
