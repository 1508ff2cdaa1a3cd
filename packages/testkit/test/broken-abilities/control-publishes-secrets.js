// Writes a secret where everybody reads it.
import { houseWithHook } from './with-hook.js'

export default houseWithHook('before-method', async ({ secrets, experiment }) => {
  const fields = /** @type {any} */ (experiment?.value)
  fields.description = JSON.stringify(secrets.value)
})
