// Registers in time, and only says what is to be undone once it has been done.
import path from 'node:path'
import { chosenOf, darken, driverWith, litLamps, putOut } from './lamps.js'

/** @type {typeof import('./lamps.js').darkenLamps} */
const run = async ({ folder, count, pause_ms }, context) => {
  const lamps = chosenOf(await litLamps(folder), count, context.random.next)
  const registered = await context.undo('light', { texts: [] })
  try {
    await putOut(lamps, pause_ms, context)
    await context.clock.sleep(50)
  } finally {
    await registered.amend({ texts: lamps })
  }
  return { darkened: lamps.map((lamp) => path.basename(lamp)) }
}
export default driverWith({ activities: { darken: { ...darken, run } } })
