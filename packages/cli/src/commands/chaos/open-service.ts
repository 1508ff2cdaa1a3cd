import type { Clock, Cluster } from '@squall/contract'
import type { DriverRegistry } from '@squall/core'
import type { ChaosService } from '../../chaos-parts.ts'
import type { ChaosParts } from '../../load-chaos-parts.ts'
import type { CommandContext } from '../command-context.ts'
import { chaosLog } from './chaos-log.ts'
import type { EngineOptions, TargetOptions } from './chaos-options.ts'
import type { ConnectedTarget } from './connect-target.ts'
import { undoPortOf } from './undo-port.ts'

export interface ServiceScope {
  readonly parts: ChaosParts
  readonly registry: DriverRegistry
  readonly clock: Clock
  readonly context: CommandContext
  readonly target: ConnectedTarget
  /** In place of the target's own, such as one that tells how faults end. */
  readonly cluster?: Cluster
  readonly folder: string
  /** How a run is replayed; `{seed}` stands for its seed. */
  readonly replay: string
}

/** Opens continuous chaos as the options of a command say. */
export function openService(
  options: EngineOptions & Pick<TargetOptions, 'seed'>,
  scope: ServiceScope,
): Promise<ChaosService> {
  const { parts, registry, clock, context, target, folder, replay } = scope
  return parts.openChaosService({
    cluster: scope.cluster ?? target.cluster,
    clock,
    folder,
    engine: {
      gate: options.gate,
      backoff: options.backoff,
      snapshotPauseMs: options.snapshotPause * 1000,
      isDry: options.dry ?? false,
      replay,
    },
    maxEvents: options.maxEvents,
    cleanUpIntervalSeconds: options.cleanupInterval,
    log: chaosLog(context),
    ...(options.seed === undefined ? {} : { seed: options.seed }),
    ...(target.driver ? { undo: undoPortOf(target.driver, registry, clock) } : {}),
    onFailure: (error) => context.terminal.err(`${error.message}\n`),
  })
}
