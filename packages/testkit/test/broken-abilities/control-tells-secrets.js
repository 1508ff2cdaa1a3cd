// Logs whatever it was handed, in the fields of a message.
import { houseWithHook } from './with-hook.js'

export default houseWithHook('before-method', async ({ secrets }, { log }) =>
  log.debug('Before the method.', { secrets: secrets.value }),
)
