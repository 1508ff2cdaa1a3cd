// Waits for its probe, whatever happens meanwhile.
import { houseWithHook } from './with-hook.js'

export default houseWithHook('before-experiment', async (call, { probe }) => {
  if (call.arguments['guarded']) await probe({ name: 'all is quiet' })
})
