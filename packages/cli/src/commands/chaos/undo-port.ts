import type { Clock } from '@squall/contract'
import { type DriverPackage, type DriverRegistry, UndoRun } from '@squall/core'
import type { UndoPort } from '../../chaos-parts.ts'

/** Where faults of a driver's cluster register how they are taken back: each is a record of its own in the state folder. */
export function undoPortOf(driver: DriverPackage, registry: DriverRegistry, clock: Clock): UndoPort {
  return {
    begin: ({ text, seed, iteration }) =>
      new UndoRun({
        title: `${text} (chaos with seed ${seed}, iteration ${iteration})`,
        driver,
        registry,
        clock,
      }),
  }
}
