// Registers an undo that it does not tell anybody of.
import { darken, darkenLamps, driverWith, light } from './lamps.js'

/** @type {typeof darkenLamps} */
const run = async (args, context) => {
  await context.undo('polish', { texts: [] })
  return darkenLamps(args, context)
}
export default driverWith({ activities: { darken: { ...darken, run } }, undo: { light, polish: light } })
