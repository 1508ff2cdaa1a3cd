import type { Toxic } from '../../toxic-types.ts'
import { CorruptStage, LimitStage, ResetStage, StallStage, TimeoutStage } from './closing-stages.ts'
import type { Stage, Taker, Wire } from './stage.ts'
import { TimedQueue } from './timed-queue.ts'
import { numbersOf, timings } from './timings.ts'

/** Puts a toxic to work. `before`: the stage it had until it was changed. */
export function makeStage({ type, attributes }: Toxic, next: Taker, wire: Wire, before?: Stage): Stage {
  const of = numbersOf(attributes)
  const timing = timings[type]
  if (timing)
    return new TimedQueue(
      timing(of, () => wire.chance()),
      next,
      wire,
    )
  switch (type) {
    case 'timeout':
      return new TimeoutStage(of('timeout'), next, wire)
    case 'reset_peer':
      return new ResetStage(of('timeout'), next, wire)
    case 'limit_data':
      return new LimitStage(of('bytes'), before instanceof LimitStage ? before.passed : 0, next, wire)
    case 'corrupt':
      return new CorruptStage(of('share'), of('bytes'), next, wire)
    case 'stall':
      return new StallStage(next, wire)
    default:
      throw new Error(`There is no toxic '${type}' for connections.`)
  }
}
