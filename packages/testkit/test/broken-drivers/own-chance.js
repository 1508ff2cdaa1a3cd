// Throws dice of its own.
import { darken, darkenLamps, driverWith } from './lamps.js'

/** @type {typeof darkenLamps} */
const run = (args, context) => darkenLamps(args, { ...context, random: { next: () => Math.random() } })
export default driverWith({ activities: { darken: { ...darken, run } } })
