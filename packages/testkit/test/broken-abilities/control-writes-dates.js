// Notes when it saw an activity, in a form of its own.
import { houseWithHook } from './with-hook.js'

export default houseWithHook('before-activity', async ({ context }) => {
  const activity = /** @type {any} */ (context.value)
  activity.seen = new Date(0)
})
