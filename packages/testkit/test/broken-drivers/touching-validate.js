// Tries the wire before a run, and leaves the lamp dark.
import { driverWith, putOut, wire } from './lamps.js'

/** @type {(fields: Record<string, unknown>) => ReturnType<typeof wire.validate>} */
const validate = async (fields) => {
  const { lamp } = fields
  if (typeof lamp === 'string' && lamp.endsWith('lamp-0'))
    await putOut([lamp], 0, /** @type {any} */ ({ signal: new AbortController().signal }))
  return wire.validate(fields)
}
export default driverWith({ activities: undefined, providers: { wire: { ...wire, validate } } })
