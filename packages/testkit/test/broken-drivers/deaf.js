// Sleeps without its signal.
import { darken, darkenLamps, driverWith } from './lamps.js'

/** @type {typeof darkenLamps} */
const run = (args, { clock, ...context }) =>
  darkenLamps(args, { ...context, clock: { ...clock, sleep: (ms) => clock.sleep(ms) } })
export default driverWith({ activities: { darken: { ...darken, run } } })
