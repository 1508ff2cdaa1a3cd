// Does the harm although its undo could not be recorded.
import { darken, darkenLamps, driverWith } from './lamps.js'

/** @type {typeof darkenLamps} */
const run = (args, { undo, ...context }) =>
  darkenLamps(args, {
    ...context,
    undo: (func, record) => undo(func, record).catch(() => ({ amend: async () => {} })),
  })
export default driverWith({ activities: { darken: { ...darken, run } } })
