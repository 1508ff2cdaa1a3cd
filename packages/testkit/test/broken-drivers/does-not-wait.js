// Registers its undo and does the harm meanwhile.
import { darken, darkenLamps, driverWith } from './lamps.js'

/** @type {typeof darkenLamps} */
const run = (args, { undo, ...context }) => {
  const undoAtOnce = async (/** @type {string} */ func, /** @type {any} */ record) => {
    void undo(func, record)
    return { amend: async () => {} }
  }
  return darkenLamps(args, { ...context, undo: undoAtOnce })
}
export default driverWith({ activities: { darken: { ...darken, run } } })
