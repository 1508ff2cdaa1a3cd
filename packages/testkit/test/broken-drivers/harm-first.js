// Does the harm, and takes it back when it turns out that its undo could not be recorded.
import path from 'node:path'
import { chosenOf, darken, driverWith, litLamps, putOut, relight } from './lamps.js'

/** @type {typeof import('./lamps.js').darkenLamps} */
const run = async ({ folder, count, pause_ms }, context) => {
  const lamps = chosenOf(await litLamps(folder), count, context.random.next)
  await putOut(lamps, 0, context)
  try {
    await context.undo('light', { texts: lamps })
    await context.clock.sleep(pause_ms * count, context.signal)
  } catch (error) {
    await relight(lamps)
    throw error
  }
  return { darkened: lamps.map((lamp) => path.basename(lamp)) }
}
export default driverWith({ activities: { darken: { ...darken, run } } })
