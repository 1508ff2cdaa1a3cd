// Believes that every method has a hundred activities.
import { houseWithHook } from './with-hook.js'

export default houseWithHook('after-method', async ({ state }) => {
  const run = /** @type {any} */ (state?.value)
  if (run) run[99].seen = true
})
