import type { Driver } from '@squall/contract'
import type { DriverRegistry } from '../drivers/registry.ts'

const runsOf = new WeakMap<Driver, number>()

/**
 * Notes that a run uses drivers that were handed over as objects; the answer is called when it is over, and ends what
 * they keep between calls unless another run uses them too. A registry belongs to whoever made it, who closes it.
 */
export function enterRun(drivers: DriverRegistry | readonly Driver[]): () => Promise<void> {
  const used = Array.isArray(drivers) ? (drivers as readonly Driver[]).filter(({ close }) => close) : []
  for (const driver of used) runsOf.set(driver, (runsOf.get(driver) ?? 0) + 1)
  return async () => {
    await Promise.allSettled(used.map((driver) => leave(driver)))
  }
}

async function leave(driver: Driver): Promise<void> {
  const left = (runsOf.get(driver) ?? 1) - 1
  runsOf.set(driver, left)
  if (left === 0) await driver.close?.()
}
