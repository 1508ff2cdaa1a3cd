// Believes that everything that begins also ends.
import { houseWithHook } from './with-hook.js'

export default houseWithHook('after-hypothesis', async ({ state }) => {
  const check = /** @type {any} */ (state?.value)
  check.steady_state_met = true
})
